using System.Buffers.Binary;
using System.Security.Cryptography;
using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Submit;

namespace PaymentEngine.Bench.InProcess;

/// <summary>Callers that submit one payment after the other, each as soon as its last one was answered.</summary>
internal sealed class Callers(EngineInside engine, int count)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly Currency _currency = Currency.Parse("CNY");
    private long _acknowledged;
    private long _turnedAway;
    private long _serial;

    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    public long TurnedAway => Interlocked.Read(ref _turnedAway);

    public Task RunAsync(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(() => SubmitAsync(stop), CancellationToken.None)));

    private async Task SubmitAsync(CancellationToken stop)
    {
        var merchant = engine.Merchant;
        while (!stop.IsCancellationRequested)
        {
            var serial = Interlocked.Increment(ref _serial);
            var orderNo = $"bench-{serial}";
            var request = new MerchantRequest(merchant, Guid.NewGuid().ToString(), HashOf(serial), orderNo);
            var payment = new StartPayment((PaymentMethod)(serial % 3), "6222020000000001");
            var command = new OpenTrade(
                orderNo, new Money(100 + (serial % 100_000), _currency), $"member-{serial % 1000}", null, "Two tickets", TimeSpan.FromMinutes(15), payment);
            if (await engine.Desk.OpenAsync(request, command, CancellationToken.None) is DeskResult.Answered)
            {
                Interlocked.Increment(ref _acknowledged);
            }
            else
            {
                Interlocked.Increment(ref _turnedAway);
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    private static byte[] HashOf(long serial)
    {
        Span<byte> body = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(body, serial);
        return SHA256.HashData(body);
    }
}
