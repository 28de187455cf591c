using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace PaymentEngine.Bench.Load;

/// <summary>
/// Linux readiness notification for one thread. The generator shares the machine with the engine that it measures:
/// one thread, one wait for many sockets and no hand-over between threads cost a third of asynchronous sockets.
/// </summary>
internal sealed class Epoll : IDisposable
{
    private const int Capacity = 256;
    private const int CloseOnExec = 0x80000;
    private const int Add = 1;
    private const uint Readable = 1;
    private const int Interrupted = 4;

    // The kernel packs struct epoll_event on x86-64 and aligns it elsewhere.
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int DataOffset = EventSize - sizeof(long);

    private readonly byte[] _events = new byte[Capacity * EventSize];
    private readonly int[] _tokens = new int[Capacity];
    private readonly SafeFileHandle _handle;

    public Epoll()
    {
        var descriptor = epoll_create1(CloseOnExec);
        if (descriptor < 0)
            throw Failure("epoll_create1");
        _handle = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>A closed socket leaves by itself.</summary>
    public void Watch(Socket socket, int token)
    {
        Span<byte> request = stackalloc byte[EventSize];
        BinaryPrimitives.WriteUInt32LittleEndian(request, Readable);
        BinaryPrimitives.WriteInt64LittleEndian(request[DataOffset..], token);
        if (epoll_ctl(Descriptor, Add, (int)socket.Handle, ref MemoryMarshal.GetReference(request)) < 0)
            throw Failure("epoll_ctl");
    }

    /// <summary>The tokens of the sockets that can be read; none when the time is over.</summary>
    public ReadOnlySpan<int> Wait(long timeoutNs)
    {
        var timeout = new Timespec((nint)(timeoutNs / 1_000_000_000), (nint)(timeoutNs % 1_000_000_000));
        var count = epoll_pwait2(Descriptor, ref _events[0], Capacity, ref timeout, 0);
        if (count < 0)
            return Marshal.GetLastPInvokeError() == Interrupted ? [] : throw Failure("epoll_pwait2");
        for (var i = 0; i < count; i++)
            _tokens[i] = (int)BinaryPrimitives.ReadInt64LittleEndian(_events.AsSpan(i * EventSize + DataOffset));
        return _tokens.AsSpan(0, count);
    }

    public void Dispose() => _handle.Dispose();

    private int Descriptor => (int)_handle.DangerousGetHandle();

    private static InvalidOperationException Failure(string call) =>
        new($"{call} failed with errno {Marshal.GetLastPInvokeError()}");

    private readonly record struct Timespec(nint Seconds, nint Nanoseconds);

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_create1(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_ctl(int epoll, int operation, int descriptor, ref byte request);

    // epoll_wait counts in milliseconds, which would round every arrival of the open loop.
    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_pwait2(int epoll, ref byte events, int count, ref Timespec timeout, nint signals);
}
