using PaymentEngine.Channels.Simulator;
using Xunit;

namespace PaymentEngine.Tests.Unit.Channels;

/// <summary>Each misbehaviour happens to the numbers that were chosen for it, and the journal tells.</summary>
public sealed class BankMisbehaviourTests
{
    private static readonly SimulatorOptions Hell = new() { Profile = "hell" };

    private readonly VirtualBank _bank = new(Hell);

    [Fact]
    public void A_call_times_out_though_it_was_executed()
    {
        var number = Number(Misbehaviour.TimeoutExecuted);
        Assert.Null(_bank.Pay(number));
        Assert.Equal(1, Debits(number));
        Assert.Equal("SUCCESS", _bank.Query(number));
        AssertSuffered(number, Misbehaviour.TimeoutExecuted);
    }

    [Fact]
    public void A_call_times_out_and_the_order_is_lost_once()
    {
        var number = Number(Misbehaviour.TimeoutLost);
        Assert.Null(_bank.Pay(number));
        Assert.Equal("NOT_KNOWN", _bank.Query(number));
        Assert.Equal(0, Debits(number));

        Assert.Equal("SUCCESS", _bank.Pay(number)?.Status);
        Assert.Equal(1, Debits(number));
        AssertSuffered(number, Misbehaviour.TimeoutLost);
    }

    [Theory]
    [InlineData(Misbehaviour.UnclearThenSuccess, "ERROR", "system_error", 11)]
    [InlineData(Misbehaviour.DeclinedThenSuccess, "DECLINED", "insufficient_funds", 11)]
    [InlineData(Misbehaviour.ChargedLate, "ACCEPTED", null, 91)]
    public void The_answer_is_not_success_and_success_comes_later(Misbehaviour what, string status, string? code, int withinMinutes)
    {
        var number = Number(what);
        var answer = _bank.Pay(number);
        Assert.Equal((status, code), (answer?.Status, answer?.Code));
        Assert.Equal("ACCEPTED", _bank.Query(number));
        Assert.Equal(0, Debits(number));

        _bank.Run(TimeSpan.FromMinutes(withinMinutes));

        Assert.Equal("SUCCESS", _bank.Query(number));
        Assert.Equal(1, Debits(number));
        Assert.Equal("SUCCESS", Assert.Single(Callbacks(number)).Callback.Told.Status);
        AssertSuffered(number, what);
    }

    [Fact]
    public void An_order_without_an_answer_is_unknown_for_a_quarter_of_an_hour_and_executed_after_an_hour()
    {
        var number = Number(Misbehaviour.HiddenThenSuccess);
        Assert.Null(_bank.Pay(number));
        _bank.Run(TimeSpan.FromMinutes(14));
        Assert.Equal("NOT_KNOWN", _bank.Query(number));
        _bank.Run(TimeSpan.FromMinutes(2));
        Assert.Equal("ACCEPTED", _bank.Query(number));
        _bank.Run(TimeSpan.FromMinutes(45));
        Assert.Equal("SUCCESS", _bank.Query(number));
        AssertSuffered(number, Misbehaviour.HiddenThenSuccess);
    }

    [Fact]
    public void A_query_does_not_find_an_executed_order_for_seconds_or_minutes()
    {
        var number = Number(Misbehaviour.NotFoundAtFirst);
        Assert.Equal("SUCCESS", _bank.Pay(number)?.Status);
        Assert.Equal("NOT_KNOWN", _bank.Query(number));
        Assert.Equal("SUCCESS", _bank.Pay(number)?.Status);
        Assert.Equal(1, Debits(number));

        _bank.Run(TimeSpan.FromMinutes(5));

        Assert.Equal("SUCCESS", _bank.Query(number));
        AssertSuffered(number, Misbehaviour.NotFoundAtFirst);
    }

    [Fact]
    public void An_executed_order_is_answered_with_a_code_that_nobody_explains()
    {
        var number = Number(Misbehaviour.UndocumentedCode);
        var answer = _bank.Pay(number);
        Assert.Equal("ERROR", answer?.Status);
        Assert.StartsWith("U700", answer?.Code, StringComparison.Ordinal);
        Assert.Equal("SUCCESS", _bank.Query(number));
        AssertSuffered(number, Misbehaviour.UndocumentedCode);
    }

    [Theory]
    [InlineData(Misbehaviour.HtmlPage, BankFlaw.HtmlPage)]
    [InlineData(Misbehaviour.WrongCharset, BankFlaw.WrongCharset)]
    [InlineData(Misbehaviour.ClockOff, BankFlaw.ClockOff)]
    public void An_executed_order_is_answered_in_a_broken_form_once(Misbehaviour what, BankFlaw flaw)
    {
        var number = Number(what);
        Assert.Equal(flaw, _bank.Pay(number)?.Flaw);
        Assert.Equal(BankFlaw.None, _bank.Pay(number)?.Flaw);
        Assert.Equal(1, Debits(number));
        Assert.Equal(flaw, _bank.Journal.Of(number).First(entry => entry.Event == JournalEvent.Answered).Flaw);
        AssertSuffered(number, what);
    }

    [Fact]
    public void Another_amount_is_told_than_was_taken()
    {
        var number = Number(Misbehaviour.AmountChanged);
        Assert.Equal(8_801, _bank.Pay(number)?.Amount?.Minor);
        _bank.Run(TimeSpan.FromSeconds(3));
        Assert.Equal(8_801, Assert.Single(Callbacks(number)).Callback.Told.Amount?.Minor);
        Assert.Equal(8_800, Assert.Single(_bank.Journal.Debits(number)).Minor);
        AssertSuffered(number, Misbehaviour.AmountChanged);
    }

    [Fact]
    public void A_callback_comes_before_the_answer()
    {
        var number = Number(Misbehaviour.CallbackBeforeAnswer);
        _bank.Pay(number);
        var events = _bank.Journal.Of(number).Select(entry => entry.Event).ToList();
        Assert.True(events.IndexOf(JournalEvent.CallbackSent) < events.IndexOf(JournalEvent.Answered));
        AssertSuffered(number, Misbehaviour.CallbackBeforeAnswer);
    }

    [Theory]
    [InlineData(Misbehaviour.CallbackTwice, false)]
    [InlineData(Misbehaviour.CallbacksAtOnce, true)]
    public void A_callback_comes_twice(Misbehaviour what, bool atOnce)
    {
        var number = Number(what);
        _bank.Pay(number);
        _bank.Run(TimeSpan.FromSeconds(10));
        var callbacks = Callbacks(number);
        Assert.Equal(2, callbacks.Count);
        Assert.Equal(atOnce, callbacks[0].At == callbacks[1].At);
        AssertSuffered(number, what);
    }

    [Fact]
    public void A_callback_comes_late_or_never()
    {
        var (late, never) = (Number(Misbehaviour.CallbackLate), Number(Misbehaviour.CallbackNever));
        _bank.Pay(late);
        _bank.Pay(never);
        _bank.Run(TimeSpan.FromMinutes(9));
        Assert.Empty(_bank.Sent);
        _bank.Run(TimeSpan.FromHours(48));
        Assert.Single(Callbacks(late));
        Assert.Empty(Callbacks(never));
        AssertSuffered(late, Misbehaviour.CallbackLate);
        AssertSuffered(never, Misbehaviour.CallbackNever);
    }

    [Fact]
    public void The_callback_of_a_refund_comes_before_the_one_of_its_payment()
    {
        var number = Number(Misbehaviour.CallbackOutOfOrder);
        var refund = VirtualBank.GoodNumber(Hell);
        _bank.Pay(number);
        _bank.Refund(refund, number);
        _bank.Run(TimeSpan.FromMinutes(11));
        Assert.Equal([refund, number], _bank.Sent.Select(sent => sent.Callback.Number));
        AssertSuffered(number, Misbehaviour.CallbackOutOfOrder);
    }

    [Theory]
    [InlineData(Misbehaviour.CallbackBadSignature, BankFlaw.BadSignature)]
    [InlineData(Misbehaviour.CallbackProbe, BankFlaw.Probe)]
    [InlineData(Misbehaviour.ClockOff, BankFlaw.ClockOff)]
    public void A_callback_that_must_be_refused_comes_before_one_that_need_not_be(Misbehaviour what, BankFlaw flaw)
    {
        var number = Number(what);
        _bank.Pay(number);
        _bank.Run(TimeSpan.FromMinutes(1));
        Assert.Equal([flaw, BankFlaw.None], Callbacks(number).Select(sent => sent.Callback.Told.Flaw));
        Assert.Single(_bank.Journal.Of(number), entry => entry.Event == JournalEvent.CallbackAcknowledged);
        AssertSuffered(number, what);
    }

    [Fact]
    public void A_number_that_is_sent_again_is_turned_away()
    {
        var number = Number(Misbehaviour.ResendRefused);
        Assert.Equal("SUCCESS", _bank.Pay(number)?.Status);
        Assert.Empty(_bank.Journal.Sufferings(number));
        Assert.Equal("duplicate_number", _bank.Pay(number)?.Code);
        Assert.Equal(1, Debits(number));
        AssertSuffered(number, Misbehaviour.ResendRefused);
    }

    [Fact]
    public void A_number_that_is_sent_again_is_debited_again_and_can_be_given_back_as_often()
    {
        var number = Number(Misbehaviour.DebitedTwice);
        _bank.Pay(number);
        Assert.Empty(_bank.Journal.Sufferings(number));
        Assert.Equal("SUCCESS", _bank.Pay(number)?.Status);
        Assert.Equal(2, Debits(number));
        AssertSuffered(number, Misbehaviour.DebitedTwice);

        Assert.Equal("SUCCESS", _bank.Refund(VirtualBank.GoodNumber(Hell), number, 2 * 8_800)?.Status);
    }

    [Fact]
    public void A_refund_takes_up_to_a_day()
    {
        var (payment, refund) = (VirtualBank.GoodNumber(Hell), Number(Misbehaviour.RefundAsynchronous));
        _bank.Pay(payment);
        Assert.Equal("ACCEPTED", _bank.Refund(refund, payment)?.Status);
        Assert.Empty(_bank.Journal.Refunds(payment));
        _bank.Run(TimeSpan.FromHours(25));
        Assert.Equal("SUCCESS", _bank.Query(refund));
        Assert.Single(_bank.Journal.Refunds(payment));
        AssertSuffered(refund, Misbehaviour.RefundAsynchronous);
    }

    [Fact]
    public void A_refund_cannot_be_carried_out_and_its_money_is_kept_for_a_person()
    {
        var (payment, refund) = (VirtualBank.GoodNumber(Hell), Number(Misbehaviour.RefundAbnormal));
        _bank.Pay(payment);
        Assert.Equal("refund_abnormal", _bank.Refund(refund, payment)?.Code);
        Assert.Equal("ERROR", _bank.Query(refund));
        Assert.Empty(_bank.Journal.Refunds(payment));
        Assert.Equal("not_refundable", _bank.Refund("another", payment)?.Code);
        AssertSuffered(refund, Misbehaviour.RefundAbnormal);
    }

    [Theory]
    [InlineData(7, 0)]
    [InlineData(8, 1)]
    public void Some_channels_never_tell_failures(int channel, int callbacks)
    {
        var number = VirtualBank.GoodNumber(Hell);
        _bank.Pay(number, "sim-decline", channel);
        _bank.Run(TimeSpan.FromHours(1));
        Assert.Equal(callbacks, _bank.Sent.Count);
    }

    [Fact]
    public void At_night_orders_are_turned_away_for_five_minutes_and_leave_no_trace_on_the_books()
    {
        // 03:02 where the institution is.
        var bank = new VirtualBank(Hell, new DateTimeOffset(2026, 11, 20, 19, 2, 0, TimeSpan.Zero));
        var number = VirtualBank.GoodNumber(Hell);
        Assert.Equal("maintenance", bank.Pay(number)?.Code);
        Assert.Equal("ERROR", bank.Query(number));
        Assert.Equal([Misbehaviour.Maintenance], bank.Journal.Sufferings(number));

        bank.Run(TimeSpan.FromMinutes(3));

        Assert.Equal("NOT_KNOWN", bank.Query(number));
        Assert.Equal("SUCCESS", bank.Pay(number)?.Status);
    }

    [Fact]
    public void Sometimes_one_bank_is_down_for_half_an_hour_and_its_payers_are_turned_away()
    {
        var number = VirtualBank.GoodNumber(Hell);
        var payers = Enumerable.Range(0, 100).Select(payer => $"payer {payer}").ToList();
        var turnedAway = new List<int>();
        for (var minute = 0; minute < 24 * 60; minute += 10)
        {
            var bank = new VirtualBank(Hell, new DateTimeOffset(2026, 11, 21, 0, minute % 60, 0, TimeSpan.Zero).AddHours(minute / 60));
            turnedAway.Add(payers.Count(payer => bank.Pay(number, payer)?.Code == "bank_down"));
        }

        Assert.Contains(turnedAway, count => count is > 0 and < 20);
        Assert.InRange(turnedAway.Count(count => count > 0), 24 * 6 / 40, 24 * 6 / 4);
    }

    [Fact]
    public void A_callback_is_sent_on_a_schedule_until_it_is_answered_as_agreed()
    {
        _bank.Acknowledges = callback => callback.Attempt == 4;
        var number = VirtualBank.GoodNumber(Hell);
        _bank.Pay(number);
        _bank.Run(TimeSpan.FromHours(24));

        Assert.Equal([1, 2, 3, 4], Callbacks(number).Select(sent => sent.Callback.Attempt));
        Assert.Equal([15, 15, 30], Callbacks(number).Zip(Callbacks(number).Skip(1), (one, next) => (int)(next.At - one.At).TotalSeconds));
    }

    [Fact]
    public void Nobody_is_called_for_ever()
    {
        _bank.Acknowledges = _ => false;
        _bank.Pay(VirtualBank.GoodNumber(Hell));
        _bank.Run(TimeSpan.FromDays(7));
        Assert.Equal(16, _bank.Sent.Count);
    }

    private static string Number(Misbehaviour what) => VirtualBank.NumberWith(what, Hell);

    private int Debits(string number) => _bank.Journal.Executions(number);

    private List<(DateTimeOffset At, BankCallback Callback)> Callbacks(string number) => [.. _bank.Sent.Where(sent => sent.Callback.Number == number)];

    private void AssertSuffered(string number, Misbehaviour what) => Assert.Equal([what], _bank.Journal.Sufferings(number));
}
