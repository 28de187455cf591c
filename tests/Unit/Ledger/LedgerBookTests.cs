using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Ledger;
using Xunit;

namespace PaymentEngine.Tests.Unit.Ledger;

[Trait("Rule", "A3")]
public sealed class LedgerBookTests
{
    [Fact]
    [Trait("Rule", "A2")]
    public void A2_each_leg_becomes_an_entry_whose_opening_is_the_closing_before()
    {
        var books = new Books().Open(1, balance: 100, sequence: 5).Open(2, balance: -30);

        Assert.Null(books.Post((1, -40), (2, 25), (1, -10), (2, 25)));

        Assert.Equal(
            [
                new EntryRow(1, 6, Books.PostingId, 0, -40, 100, 60, Books.Cny, Books.PaymentId, PostingKind.Payment),
                new EntryRow(2, 1, Books.PostingId, 1, 25, -30, -5, Books.Cny, Books.PaymentId, PostingKind.Payment),
                new EntryRow(1, 7, Books.PostingId, 2, -10, 60, 50, Books.Cny, Books.PaymentId, PostingKind.Payment),
                new EntryRow(2, 2, Books.PostingId, 3, 25, -5, 20, Books.Cny, Books.PaymentId, PostingKind.Payment),
            ],
            books.Entries);
        Assert.Equal([(1, 50, 7), (2, 20, 2)], books.Balances);
    }

    [Theory]
    [InlineData(100, 0, 0, -100, null)]
    [InlineData(100, 0, 0, -101, PostingRefusalReason.Overdraft)]
    [InlineData(100, 30, 0, -70, null)]
    [InlineData(100, 30, 0, -71, PostingRefusalReason.Overdraft)]
    [InlineData(100, 0, -50, -150, null)]
    [InlineData(100, 0, -50, -151, PostingRefusalReason.Overdraft)]
    [InlineData(-80, 0, -50, -1, PostingRefusalReason.Overdraft)]
    [InlineData(-80, 0, -50, 1, null)]
    [InlineData(0, 30, 0, 1, null)]
    [InlineData(long.MaxValue, 0, 0, 1, PostingRefusalReason.BalanceOverflow)]
    [InlineData(long.MinValue, 0, long.MinValue, -1, PostingRefusalReason.BalanceOverflow)]
    [InlineData(long.MinValue + 1, 5, long.MinValue, -1, PostingRefusalReason.Overdraft)]
    [InlineData(long.MinValue + 1, 0, long.MinValue, -1, null)]
    [InlineData(0, 0, long.MinValue, long.MinValue + 1, null)]
    public void A1_a_debit_keeps_balance_less_frozen_at_the_floor_or_above_and_a_credit_is_always_welcome(
        long balance, long frozen, long floor, long amount, PostingRefusalReason? expected)
    {
        var books = new Books().Open(1, balance, frozen, floor).Open(2, floor: long.MinValue);

        Assert.Equal(expected, books.Post((1, amount), (2, -amount))?.Reason);
    }

    [Theory]
    [Trait("Rule", "A1")]
    [InlineData(AccountStatus.Frozen, 10, PostingRefusalReason.AccountFrozen)]
    [InlineData(AccountStatus.Frozen, -10, PostingRefusalReason.AccountFrozen)]
    [InlineData(AccountStatus.Closed, 10, PostingRefusalReason.AccountClosed)]
    [InlineData(AccountStatus.Closed, -10, PostingRefusalReason.AccountClosed)]
    public void A1_nothing_moves_on_an_account_that_is_not_open(
        AccountStatus status, long amount, PostingRefusalReason expected)
    {
        var books = new Books().Open(1, balance: 100, status: status).Open(2, balance: 100);

        Assert.Equal(
            new PostingRefusal(PostingKind.Payment, Books.PaymentId, expected, 1),
            books.Post((2, -amount), (1, amount)));
    }

    [Fact]
    public void A3_a_refusal_at_the_last_leg_takes_back_every_leg_also_two_of_the_same_account()
    {
        var books = new Books().Open(1, balance: 100, sequence: 5).Open(2, sequence: 9).Open(3, balance: 10, sequence: 2);
        books.Post((1, -1), (2, 1));
        var (balances, entries) = (books.Balances.ToList(), books.Entries.ToList());

        Assert.Equal(PostingRefusalReason.Overdraft, books.Post((1, -20), (2, 20), (1, -20), (2, 31), (3, -11))?.Reason);

        Assert.Equal(balances, books.Balances);
        Assert.Equal(entries, books.Entries);
    }

    [Fact]
    public void A3_a_later_leg_does_not_excuse_an_overdraft()
    {
        var books = new Books().Open(1, balance: 10).Open(2, balance: 100);

        Assert.Equal(PostingRefusalReason.Overdraft, books.Post((1, -20), (2, -80), (1, 100))?.Reason);
    }

    [Fact]
    public void A3_a_lane_posts_to_its_own_sub_account_and_a_refusal_names_the_account_itself()
    {
        var books = new Books().Open(1, balance: 100).Open(21).Open(22);
        books.Split(2, 21, 22);

        Assert.Null(books.Post(lane: 3, (1, -100), (2, 100)));
        Assert.Equal([(1, 0, 1), (21, 0, 0), (22, 100, 1)], books.Balances);

        Assert.Equal(
            new PostingRefusal(PostingKind.Payment, Books.PaymentId, PostingRefusalReason.Overdraft, 2),
            books.Post(lane: 2, (2, -1), (1, 1)));
    }

    [Fact]
    public void A3_what_does_not_balance_in_each_currency_is_a_bug_and_changes_nothing()
    {
        var books = new Books().Open(1, balance: 100).Open(2).OpenUsd(3, balance: 100).OpenUsd(4);

        Assert.Throws<InvalidOperationException>(() => books.Post());
        Assert.Throws<InvalidOperationException>(() => books.Post((1, -10), (2, 9)));
        Assert.Throws<InvalidOperationException>(() => books.Post((1, -10), (4, 10)));
        Assert.Throws<InvalidOperationException>(() => books.Post((1, -10), (2, 10), (3, -5), (4, 6)));
        Assert.Throws<InvalidOperationException>(() => books.Post((1, long.MinValue), (2, long.MinValue)));
        Assert.Throws<InvalidOperationException>(() => books.Post((1, 0), (2, 0)));
        Assert.Empty(books.Entries);
        Assert.Null(books.Post((1, -10), (3, -5), (2, 10), (4, 5)));
    }

    [Fact]
    public void A3_an_amount_in_another_currency_than_its_account_is_a_bug()
    {
        var books = new Books().Open(1, balance: 100).Open(2);

        Assert.Throws<InvalidOperationException>(() => books.PostIn(Books.Usd, (1, -10), (2, 10)));
    }
}
