using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using Xunit;

namespace PaymentEngine.Tests.Unit.Channels;

/// <summary>
/// What every channel adapter must do, judged by what its institution truly did. A test class of an adapter derives
/// from this one and brings an institution that it can look into.
/// </summary>
public abstract partial class ChannelConformance : ChannelUnderTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(8_800)]
    [InlineData(123_456_789)]
    public async Task A_paid_order_is_succeeded_with_the_exact_amount_and_a_reference(long minor)
    {
        var order = NewOrder(BankBehaviour.Succeeds, minor);

        var succeeded = Assert.IsType<ChannelOutcome.Succeeded>(await Pay(order));

        Assert.Equal(order.Amount, succeeded.Amount);
        Assert.NotEmpty(succeeded.InstitutionRef);
        Assert.Equal([order.Amount], Executions(order.Number));
    }

    [Fact]
    [Trait("Rule", "C12")]
    public async Task C12_a_query_after_success_is_succeeded_with_the_same_amount_and_reference()
    {
        var order = NewOrder(BankBehaviour.Succeeds);
        var paid = Assert.IsType<ChannelOutcome.Succeeded>(await Pay(order));

        var queried = Assert.IsType<ChannelOutcome.Succeeded>(await Query(order));

        Assert.Equal((paid.Amount, paid.InstitutionRef), (queried.Amount, queried.InstitutionRef));
    }

    [Fact]
    [Trait("Rule", "C12")]
    public async Task C12_a_query_never_executes()
    {
        var unsent = NewOrder(BankBehaviour.Succeeds);
        var paid = NewOrder(BankBehaviour.Succeeds);
        await Query(unsent);
        await Pay(paid);
        await Query(paid);
        await Query(paid);

        Assert.Empty(Executions(unsent.Number));
        Assert.Single(Executions(paid.Number));
    }

    [Fact]
    [Trait("Rule", "C13")]
    public async Task C13_a_number_the_institution_does_not_know_is_not_known_and_not_failed() =>
        Assert.IsType<ChannelOutcome.NotKnown>(await Query(NewOrder(BankBehaviour.Succeeds)));

    [Fact]
    [Trait("Rule", "C13")]
    public async Task C13_the_same_number_sent_again_executes_once_and_is_not_failed()
    {
        var order = NewOrder(BankBehaviour.Succeeds);
        await Pay(order);

        var again = await Pay(order);

        Assert.Single(Executions(order.Number));
        Assert.True(again is ChannelOutcome.Succeeded or ChannelOutcome.Unknown, $"{again}");
    }

    [Fact]
    [Trait("Rule", "O13")]
    public async Task O13_the_same_number_with_another_amount_executes_once_and_does_not_overturn_the_first()
    {
        var order = NewOrder(BankBehaviour.Succeeds);
        await Pay(order);

        var other = await Pay(order with { Amount = order.Amount with { Minor = order.Amount.Minor + 100 } });

        Assert.IsType<ChannelOutcome.Unknown>(other);
        Assert.Equal([order.Amount], Executions(order.Number));
        Assert.IsType<ChannelOutcome.Succeeded>(await Query(order));
    }

    [Fact]
    [Trait("Rule", "C13")]
    public async Task C13_parallel_sends_of_one_number_execute_once()
    {
        const int Senders = 4;
        var orders = Enumerable.Range(0, 50).Select(_ => NewOrder(BankBehaviour.Succeeds)).ToList();

        var sends = await SendTogether(orders, Senders);
        await WhileTheInstitutionWorks(Task.WhenAll(sends));

        Assert.All(orders, order => Assert.Single(Executions(order.Number)));
        Assert.Equal(orders.Count * Senders, sends.Count);
        foreach (var send in sends)
        {
            Assert.IsNotType<ChannelOutcome.Failed>(await send);
        }
    }

    [Fact]
    [Trait("Rule", "C13")]
    public async Task C13_a_call_that_is_cancelled_before_it_starts_is_not_sent_and_reaches_nobody()
    {
        var order = NewOrder(BankBehaviour.Succeeds);

        var outcome = await Channel.PayAsync(order, new CancellationToken(canceled: true));

        Assert.IsType<ChannelOutcome.NotSent>(outcome);
        Assert.False(WasNoticed(order.Number));
    }

    [Fact]
    [Trait("Rule", "C13")]
    public async Task C13_a_query_that_is_cancelled_before_it_starts_is_unknown_since_the_order_itself_may_have_been_sent()
    {
        var order = NewOrder(BankBehaviour.Succeeds);

        var outcome = await Channel.QueryAsync(order, new CancellationToken(canceled: true));

        Assert.IsType<ChannelOutcome.Unknown>(outcome);
        Assert.False(WasNoticed(order.Number));
    }

    [Fact]
    [Trait("Rule", "C13")]
    public async Task C13_a_deadline_during_the_call_is_unknown_and_a_query_finds_what_happened()
    {
        var order = NewOrder(BankBehaviour.ExecutesWithoutAnswer);
        using var deadline = new CancellationTokenSource();

        var call = Channel.PayAsync(order, deadline.Token).AsTask();
        await UntilNoticed(order.Number);
        Assert.False(call.IsCompleted);
        await deadline.CancelAsync();

        Assert.IsType<ChannelOutcome.Unknown>(await call);
        Assert.IsType<ChannelOutcome.Succeeded>(await QueryUntilKnown(order));
        Assert.Equal([order.Amount], Executions(order.Number));
    }

    [Fact]
    public async Task A_declined_order_is_failed_with_a_code_and_nothing_was_executed()
    {
        var order = NewOrder(BankBehaviour.Declines);

        var failed = Assert.IsType<ChannelOutcome.Failed>(await Pay(order));

        Assert.NotEmpty(failed.Code);
        Assert.Empty(Executions(order.Number));
    }

    [Fact]
    [Trait("Rule", "C12")]
    public async Task C12_a_query_after_a_decline_is_failed_with_the_same_code()
    {
        var order = NewOrder(BankBehaviour.Declines);
        var declined = Assert.IsType<ChannelOutcome.Failed>(await Pay(order));

        var queried = Assert.IsType<ChannelOutcome.Failed>(await Query(order));

        Assert.Equal(declined.Code, queried.Code);
    }

    [Fact]
    [Trait("Rule", "C12")]
    public async Task C12_an_accepted_order_is_accepted_until_a_query_says_succeeded()
    {
        var order = NewOrder(BankBehaviour.AcceptsFirst);
        Assert.IsType<ChannelOutcome.Accepted>(await Pay(order));

        LetAcceptedOrdersFinish();

        var queried = Assert.IsType<ChannelOutcome.Succeeded>(await Query(order));
        Assert.Equal(order.Amount, queried.Amount);
        Assert.Equal([order.Amount], Executions(order.Number));
    }
}
