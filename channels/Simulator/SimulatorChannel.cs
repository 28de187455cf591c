using PaymentEngine.Core.Channels;

namespace PaymentEngine.Channels.Simulator;

/// <summary>
/// The adapter: takes orders to the simulated institution, over HTTP when the channel's line has an address and inside
/// the process otherwise, and says what is certain of them.
/// </summary>
public sealed class SimulatorChannel(SimulatedBank bank, IChannelConnections connections, IResultCodes codes, TimeProvider clock) : IInstitutionChannel
{
    private readonly SimulatorMapping _mapping = new(codes);
    private readonly SimulatorWire _wire = new(clock);
    private readonly SimulatorCallbacks _callbacks = new(connections, new SimulatorMapping(codes));

    public ValueTask<ChannelOutcome> PayAsync(ChannelOrder order, CancellationToken cancellation) =>
        SendAsync(ChannelInterface.Pay, order, cancellation);

    public ValueTask<ChannelOutcome> RefundAsync(ChannelOrder order, CancellationToken cancellation) =>
        SendAsync(ChannelInterface.Refund, order, cancellation);

    public async ValueTask<ChannelOutcome> QueryAsync(ChannelOrder order, CancellationToken cancellation)
    {
        // Never NotSent: that would speak of the order, and it is only the question that was not sent.
        if (cancellation.IsCancellationRequested)
        {
            return new ChannelOutcome.Unknown("cancelled before asking");
        }

        var reply = await CallAsync(ChannelInterface.Query, order, cancellation);
        return reply.Missing is { } why ? new ChannelOutcome.Unknown(why) : Understood(ChannelInterface.Query, order, reply);
    }

    public CallbackReading ReadCallback(CallbackRequest request) => _callbacks.Read(request);

    private async ValueTask<ChannelOutcome> SendAsync(ChannelInterface asked, ChannelOrder order, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return new ChannelOutcome.NotSent("cancelled before sending");
        }

        var reply = await CallAsync(asked, order, cancellation);
        return reply switch
        {
            { Missing: { } why, WasSent: false } => new ChannelOutcome.NotSent(why),
            { Missing: { } why } => new ChannelOutcome.Unknown(why),
            _ => Understood(asked, order, reply),
        };
    }

    private ChannelOutcome Understood(ChannelInterface asked, ChannelOrder order, in WireReply reply) =>
        _mapping.Of(asked, order.ChannelId, reply.Answer, order.Amount, reply.Raw);

    private ValueTask<WireReply> CallAsync(ChannelInterface asked, ChannelOrder order, CancellationToken cancellation)
    {
        var line = connections.Of(order.ChannelId);
        return line.Endpoint is null
            ? AnsweredAsync(CallBank(asked, order), cancellation)
            : _wire.PostAsync(line, PathOf(asked), WordsOf(asked, order), cancellation);
    }

    private Task<BankAnswer> CallBank(ChannelInterface asked, ChannelOrder order) => asked switch
    {
        ChannelInterface.Pay => bank.PayAsync(new BankRequest(order.Number, order.ChannelId, order.Amount, order.PayerAccount)),
        ChannelInterface.Refund => bank.RefundAsync(new BankRequest(order.Number, order.ChannelId, order.Amount, "", OriginalOf(order))),
        _ => bank.QueryAsync(order.Number, order.ChannelId),
    };

    /// <summary>Waits as long as the caller does. The institution goes on without us: cancelling does not call an order back.</summary>
    private static async ValueTask<WireReply> AnsweredAsync(Task<BankAnswer> call, CancellationToken cancellation)
    {
        await ((Task)call.WaitAsync(cancellation)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return call switch
        {
            { IsCompletedSuccessfully: true } => new WireReply(call.Result, default, Missing: null, WasSent: true),
            { Exception: { } broken } => WireReply.Unclear($"the call broke: {broken.GetBaseException().Message}"),
            _ => WireReply.Unclear("no answer in time"),
        };
    }

    private static string PathOf(ChannelInterface asked) => asked switch
    {
        ChannelInterface.Pay => "/pay",
        ChannelInterface.Refund => "/refund",
        _ => "/query",
    };

    private static OrderWords WordsOf(ChannelInterface asked, ChannelOrder order) => asked switch
    {
        ChannelInterface.Pay => new OrderWords(order.Number, order.ChannelId, order.Amount.Minor, order.Amount.Currency.Code, order.PayerAccount),
        ChannelInterface.Refund => new OrderWords(
            order.Number, order.ChannelId, order.Amount.Minor, order.Amount.Currency.Code, Original: OriginalOf(order)),
        _ => new OrderWords(order.Number, order.ChannelId),
    };

    private static string OriginalOf(ChannelOrder refund) =>
        refund.Original?.Number ?? throw new ArgumentException("a refund names what it gives back", nameof(refund));
}
