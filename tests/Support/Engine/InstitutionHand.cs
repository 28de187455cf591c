using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Callbacks;

namespace PaymentEngine.Tests.Support.Engine;

/// <summary>An institution that calls back, whether or not what it says is true.</summary>
public sealed class InstitutionHand(ICallbackReception reception, string channel = "sim-card")
{
    public Task<CallbackReceipt> SucceededAsync(InstitutionOrder order) =>
        SayAsync(order.InstitutionNumber, new ChannelOutcome.Succeeded(order.Amount, "REF" + order.InstitutionNumber, "SUCCESS"));

    public Task<CallbackReceipt> SucceededAsync(string number, long amountMinor = 8_800) =>
        SayAsync(number, new ChannelOutcome.Succeeded(new Money(amountMinor, Currency.Parse("CNY")), "REF" + number, "SUCCESS"));

    public Task<CallbackReceipt> FailedAsync(InstitutionOrder order) =>
        SayAsync(order.InstitutionNumber, new ChannelOutcome.Failed("insufficient_funds", "declined by the institution"));

    public Task<CallbackReceipt> SayAsync(string number, ChannelOutcome outcome)
    {
        var (headers, body) = CallbackWire.Write(number, outcome);
        return SendAsync(headers, body);
    }

    public async Task<CallbackReceipt> SendAsync(Dictionary<string, string> headers, byte[] body) =>
        await reception.ReceiveAsync(channel, CallbackDoor.OfAll, headers, body);
}
