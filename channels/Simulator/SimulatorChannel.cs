using PaymentEngine.Core.Channels;

namespace PaymentEngine.Channels.Simulator;

/// <summary>The adapter: hands orders to the simulated institution and says what is certain of them.</summary>
public sealed class SimulatorChannel(SimulatedBank bank) : IInstitutionChannel
{
    public async ValueTask<ChannelOutcome> PayAsync(ChannelOrder order, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return new ChannelOutcome.NotSent("cancelled before sending");
        }

        var call = bank.PayAsync(new BankRequest(order.Number, order.ChannelId, order.Amount, order.PayerAccount));
        return await Answered(call, cancellation)
            ? SimulatorMapping.OfPayment(call.Result, order.Amount)
            : Unanswered(call);
    }

    public ValueTask<ChannelOutcome> RefundAsync(ChannelOrder order, CancellationToken cancellation) => PayAsync(order, cancellation);

    public CallbackReading ReadCallback(CallbackRequest request) =>
        new CallbackReading.Refused("no callbacks", CallbackAnswer.Text(404, "not here"));

    public async ValueTask<ChannelOutcome> QueryAsync(ChannelOrder order, CancellationToken cancellation)
    {
        // Never NotSent: that would speak of the order, and it is only the question that was not sent.
        if (cancellation.IsCancellationRequested)
        {
            return new ChannelOutcome.Unknown("cancelled before asking");
        }

        var call = bank.QueryAsync(order.Number, order.ChannelId);
        return await Answered(call, cancellation)
            ? SimulatorMapping.OfQuery(call.Result, order.Amount)
            : Unanswered(call);
    }

    /// <summary>Waits as long as the caller does. The institution goes on without us: cancelling does not call an order back.</summary>
    private static async ValueTask<bool> Answered(Task<BankAnswer> call, CancellationToken cancellation)
    {
        await ((Task)call.WaitAsync(cancellation)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return call.IsCompletedSuccessfully;
    }

    private static ChannelOutcome.Unknown Unanswered(Task<BankAnswer> call) =>
        new(call.Exception is { } broken ? $"the call broke: {broken.GetBaseException().Message}" : "no answer in time");
}
