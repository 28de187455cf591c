using System.Collections.Concurrent;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Orders;

namespace PaymentEngine.Tests.Unit.Channels;

/// <summary>What an institution in a test can be asked to do with an order.</summary>
public enum BankBehaviour
{
    Succeeds,
    Declines,

    /// <summary>Answers "accepted" and executes later.</summary>
    AcceptsFirst,

    /// <summary>Executes, and the answer never arrives.</summary>
    ExecutesWithoutAnswer,

    /// <summary>The payment succeeds; its refund is answered with "accepted" and executed later.</summary>
    RefundsLater,
}

/// <summary>An adapter with an institution that the test can look into.</summary>
public abstract class ChannelUnderTest
{
    protected const int ChannelId = 7;

    private int _orders;

    protected abstract IInstitutionChannel Channel { get; }

    /// <summary>The payer account with which the institution behaves so.</summary>
    protected abstract string PayerFor(BankBehaviour behaviour);

    /// <summary>Lets the institution work until the call is answered.</summary>
    protected abstract Task WhileTheInstitutionWorks(Task call);

    /// <summary>Lets so much time pass that what was accepted has its result.</summary>
    protected abstract void LetAcceptedOrdersFinish();

    /// <summary>Each time that money moved for the number, and how much.</summary>
    protected abstract IReadOnlyList<Money> Executions(string number);

    /// <summary>Each time that money of the payment with this number went back, and how much.</summary>
    protected abstract IReadOnlyList<Money> Refunds(string original);

    /// <summary>The first callback about the number, as it comes in.</summary>
    protected abstract Task<CallbackRequest> CallbackOf(string number);

    /// <summary>Until the institution has dealt with a call that it will not answer.</summary>
    protected abstract Task UntilNoticed(string number);

    /// <summary>Whether anything about the number reached the institution.</summary>
    protected abstract bool WasNoticed(string number);

    protected ChannelOrder NewOrder(BankBehaviour behaviour, long minor = 8_800) => new(
        ChannelId,
        ChannelInterface.Pay,
        $"0720261120{Interlocked.Increment(ref _orders):D10}",
        new Money(minor, Currency.Parse("CNY")),
        PaymentMethod.Quick,
        PayerFor(behaviour),
        Description: null,
        new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));

    protected ChannelOrder NewRefund(ChannelOrder paid, long minor) => NewOrder(BankBehaviour.Succeeds, minor) with
    {
        Interface = ChannelInterface.Refund,
        PayerAccount = paid.PayerAccount,
        Original = new OriginalOrder(paid.Number, InstitutionRef: null),
    };

    protected Task<ChannelOutcome> Refund(ChannelOrder order) => Answered(Channel.RefundAsync(order, default));

    protected Task<ChannelOutcome> Pay(ChannelOrder order) => Answered(Channel.PayAsync(order, default));

    protected Task<ChannelOutcome> Query(ChannelOrder order) => Answered(Channel.QueryAsync(order, default));

    /// <summary>Every sender sends every order, all at the same moment order by order.</summary>
    protected async Task<IReadOnlyCollection<Task<ChannelOutcome>>> SendTogether(IReadOnlyList<ChannelOrder> orders, int senders)
    {
        var sends = new ConcurrentBag<Task<ChannelOutcome>>();
        using var together = new Barrier(senders);
        var threads = Enumerable.Range(0, senders).Select(_ => Task.Factory.StartNew(
            () =>
            {
                foreach (var order in orders)
                {
                    together.SignalAndWait();
                    sends.Add(Channel.PayAsync(order, default).AsTask());
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default));
        await Task.WhenAll(threads);
        return sends;
    }

    /// <summary>The institution may still be working on what we no longer wait for.</summary>
    protected async Task<ChannelOutcome> QueryUntilKnown(ChannelOrder order)
    {
        var outcome = await Query(order);
        for (var query = 1; query < 100 && outcome is ChannelOutcome.NotKnown; query++)
        {
            outcome = await Query(order);
        }

        return outcome;
    }

    private async Task<ChannelOutcome> Answered(ValueTask<ChannelOutcome> call)
    {
        var answer = call.AsTask();
        await WhileTheInstitutionWorks(answer);
        return await answer;
    }
}
