using System.Buffers;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace PaymentEngine.Channels.Simulator;

/// <summary>
/// Appends lines to the journal file in groups: while one write is under way the next lines collect, and whoever waits
/// for a line waits for its group. A line that was written survives the death of the process; surviving the death of the
/// machine would need fsync, which a simulated institution does not promise.
/// After a failed write nobody knows what the file holds, so nothing more is written and everyone who waits is told.
/// </summary>
internal sealed class JournalWriter : IBankJournal, IThreadPoolWorkItem, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly SafeFileHandle _file;
    private readonly SafeFileHandle _alone;
    private readonly Utf8JsonWriter _json;
    private ArrayBufferWriter<byte> _collecting = new(64 * 1024);
    private ArrayBufferWriter<byte> _writing = new(64 * 1024);
    private TaskCompletionSource _group = NewGroup();
    private Task _lastTaken = Task.CompletedTask;
    private Exception? _broken;
    private bool _isWriting;
    private long _length;

    internal JournalWriter(SafeFileHandle file, SafeFileHandle alone, long length)
    {
        _file = file;
        _alone = alone;
        _length = length;
        _json = new Utf8JsonWriter(_collecting);
    }

    /// <summary>Opens the file; a last line that a dying process did not finish was never true and is cut off.</summary>
    public static JournalWriter Open(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        // Two writers would overwrite each other. The lock is on a file beside the journal, so that readers are not shut out.
        var alone = File.OpenHandle(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        var length = JournalLines.WholeLength(file);
        if (length < RandomAccess.GetLength(file))
        {
            RandomAccess.SetLength(file, length);
        }

        return new JournalWriter(file, alone, length);
    }

    /// <summary>Collects the line; it is written with the next <see cref="Flush"/>.</summary>
    public void Note(JournalEntry entry)
    {
        lock (_gate)
        {
            Collect(entry);
        }
    }

    /// <summary>Writes all lines that were collected; the task completes when that has happened.</summary>
    public Task Flush()
    {
        lock (_gate)
        {
            return StartWriting();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task written;
        lock (_gate)
        {
            written = StartWriting();
            _broken ??= new ObjectDisposedException(nameof(JournalWriter), "the institution is closed");
        }

        await written.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _file.Dispose();
        _alone.Dispose();
        await _json.DisposeAsync();
    }

    /// <summary>Writes group after group until nothing is left to write.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        while (TryTakeGroup(out var group))
        {
            try
            {
                RandomAccess.Write(_file, _writing.WrittenSpan, _length);
                _length += _writing.WrittenCount;
                group.SetResult();
            }
            catch (IOException broken)
            {
                Break(broken);
                group.SetException(broken);
                return;
            }
        }
    }

    private static TaskCompletionSource NewGroup() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Collect(JournalEntry entry)
    {
        if (_broken is null)
        {
            JsonSerializer.Serialize(_json, entry, JournalJson.Default.JournalEntry);
            _json.Reset(_collecting);
            _collecting.Write("\n"u8);
        }
    }

    private Task StartWriting()
    {
        if (_broken is not null)
        {
            return Task.FromException(_broken);
        }

        if (_collecting.WrittenCount == 0)
        {
            return _lastTaken;
        }

        if (!_isWriting)
        {
            _isWriting = true;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return _group.Task;
    }

    private bool TryTakeGroup(out TaskCompletionSource group)
    {
        lock (_gate)
        {
            group = _group;
            _writing.ResetWrittenCount();
            if (_collecting.WrittenCount == 0)
            {
                _isWriting = false;
                return false;
            }

            (_collecting, _writing) = (_writing, _collecting);
            _json.Reset(_collecting);
            _lastTaken = group.Task;
            _group = NewGroup();
            return true;
        }
    }

    private void Break(IOException broken)
    {
        lock (_gate)
        {
            _broken = broken;
            _collecting.ResetWrittenCount();
            _group.SetException(broken);
        }
    }
}
