using Microsoft.Extensions.Logging;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Runtime.Lines;
using PaymentEngine.Runtime.Results;

namespace PaymentEngine.Runtime.Dispatch;

/// <summary>
/// Calls institutions for orders that this node has claimed in a commit. Whatever goes wrong here is found again by
/// the order's query timer, which stands in the same commit.
/// </summary>
public sealed class Dispatcher(
    ChannelSet channels,
    DirectoryHolder directory,
    LineSet lines,
    ResultDesk results,
    IOrderHandOver handOver,
    InFlight inFlight,
    TimeProvider clock,
    ILogger<Dispatcher> log)
{
    /// <summary>
    /// Starts the call and returns; the result finds its own way. An order that was not claimed is its channel
    /// application's to call.
    /// </summary>
    public void Start(TradeFamily family, InstitutionOrder order)
    {
        if (order.ClaimedBy == 0)
        {
            handOver.Waits(order, directory.Current.Channel(order.ChannelId).Application);
            return;
        }

        _ = RunAsync(family, order);
    }

    /// <summary>Waits until no call is out any more.</summary>
    public async Task DrainAsync(TimeSpan patience)
    {
        var deadline = clock.GetUtcNow() + patience;
        while (inFlight.Calls > 0 && clock.GetUtcNow() < deadline)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock);
        }
    }

    private async Task RunAsync(TradeFamily family, InstitutionOrder order)
    {
        inFlight.Enter();
        try
        {
            var send = order.Sends;
            var outcome = await SendAsync(family, order);
            await results.ApplyToSendAsync(family, order, send, outcome);
        }
        catch (Exception unforeseen)
        {
            log.LogError(
                unforeseen, "order {Number} of request {RequestSerial} is left to its query timer", order.Number, family.PaymentOf(order).RequestSerial);
        }
        finally
        {
            inFlight.Leave();
        }
    }

    /// <summary>No call starts after the moment that was committed with the claim, and none outlives it.</summary>
    private async ValueTask<ChannelOutcome> SendAsync(TradeFamily family, InstitutionOrder order)
    {
        var sendBy = order.SendBy!.Value;
        using var place = clock.GetUtcNow() < sendBy ? await lines.Of(order.ChannelId).ForOrderAsync(sendBy) : null;
        var left = sendBy - clock.GetUtcNow();
        if (place is null || left <= TimeSpan.Zero)
        {
            return new ChannelOutcome.NotSent("there was no place on the line in time", OfTheChannel: false);
        }

        using var deadline = new CancellationTokenSource(left, clock);
        try
        {
            var channel = channels.Of(family, order);
            var facts = ChannelSet.Facts(family, order);
            Failpoints.Pass(Failpoint.BeforeSend);
            var outcome = facts.Interface == ChannelInterface.Refund
                ? await channel.RefundAsync(facts, deadline.Token)
                : await channel.PayAsync(facts, deadline.Token);
            Failpoints.Pass(Failpoint.AfterSend);
            return outcome;
        }
        catch (Exception broken)
        {
            // The contract forbids it. What the institution did is unknown, so it is treated as unknown.
            log.LogError(
                broken, "the channel of order {Number} of request {RequestSerial} threw", order.Number, family.PaymentOf(order).RequestSerial);
            return new ChannelOutcome.Unknown($"the channel threw {broken.GetType().Name}");
        }
    }
}
