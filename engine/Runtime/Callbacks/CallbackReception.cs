using System.Diagnostics;
using Microsoft.Extensions.Logging;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Directory;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Runtime.Dispatch;
using PaymentEngine.Store.Inbox;
using PaymentEngine.Store.Numbers;

namespace PaymentEngine.Runtime.Callbacks;

/// <summary>Takes callbacks in: verified by their channel, stored, handed over, answered (C15).</summary>
public sealed class CallbackReception(
    DirectoryHolder directory,
    ChannelSet channels,
    NumberSource numbers,
    InboxWriter inbox,
    ICallbackHandOver handOver,
    CallbackMetrics metrics,
    TimeProvider clock,
    ILogger<CallbackReception> log) : ICallbackReception
{
    public async ValueTask<CallbackReceipt> ReceiveAsync(
        string channelCode, CallbackDoor door, IReadOnlyDictionary<string, string> headers, byte[] body)
    {
        var snapshot = directory.Current;
        if (snapshot.FindChannel(channelCode) is not { } channel || !door.Admits(channel.Code))
        {
            return CallbackReceipt.NoSuchChannel.Instance;
        }

        var request = new CallbackRequest(channel.Id, headers, body, clock.GetUtcNow());
        switch (channels.Of(channel).ReadCallback(request))
        {
            case CallbackReading.Refused refused:
                // Never with the body: whoever forges callbacks would write our log.
                log.LogWarning("a callback to channel {Channel} was refused: {Reason}", channel.Code, refused.Reason);
                metrics.Received(channel.Code, "refused");
                return new CallbackReceipt.Answered(refused.Answer);

            case CallbackReading.Told told:
                var isStored = await StoreAsync(request, body, told, snapshot);
                metrics.Received(channel.Code, isStored ? "stored" : "turned_away");
                return isStored ? new CallbackReceipt.Answered(told.Answer) : CallbackReceipt.Unavailable.Instance;

            case var reading:
                throw new UnreachableException($"{reading.GetType().Name} is not a reading of a callback");
        }
    }

    private async ValueTask<bool> StoreAsync(CallbackRequest request, byte[] body, CallbackReading.Told told, EngineDirectory snapshot)
    {
        var day = numbers.DayOf(request.ReceivedAt);
        await numbers.PrepareAsync(day, request.ReceivedAt, snapshot);
        var callback = new NewCallback(numbers.NextId(day), request.ChannelId, told.Number, request.ReceivedAt, body, told.Outcome);
        if (!await inbox.StoreAsync(callback))
        {
            return false;
        }

        handOver.Stored(callback.Id);
        return true;
    }
}
