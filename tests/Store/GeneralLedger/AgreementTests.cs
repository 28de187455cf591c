using Microsoft.Extensions.Logging.Abstractions;
using PaymentEngine.Core;
using PaymentEngine.Runtime.Alerts;
using PaymentEngine.Runtime.GeneralLedger;
using PaymentEngine.Store.GeneralLedger;
using PaymentEngine.Tests.Support;
using Xunit;

namespace PaymentEngine.Tests.Store.GeneralLedger;

/// <summary>Ledger and general ledger are compared while both go on.</summary>
[Trait("Rule", "A8")]
public sealed class AgreementTests
{
    [Fact]
    public async Task they_agree_while_some_postings_still_wait_for_their_voucher_A8()
    {
        await using var books = await LedgerHand.OpenAsync();
        var store = books.Store();
        await books.PayAsync();
        await books.PayBufferedAsync();
        await LedgerHand.TakeAsync(store, 2);
        await books.PayAsync();
        await books.PayBufferedAsync();

        Assert.Empty(await books.Reports().DisagreementsAsync(LedgerHand.Today, default));

        await LedgerHand.TakeAsync(store, 2);
    }

    [Fact]
    public async Task a_difference_names_subject_and_day_and_rings_A8()
    {
        await using var books = await LedgerHand.OpenAsync();
        await books.PayAsync();
        await LedgerHand.TakeAsync(books.Store(), 1);
        await books.Database.ExecuteAsync("update gl_day set credit = credit + 3 where subject = '6021.01.01'");
        var watch = new AgreementWatch(books.Reports(), new AlertBell(), TimeProvider.System, NullLogger<AgreementWatch>.Instance);

        Assert.Equal([new Disagreement(LedgerHand.Today, "6021.01.01", Currency.Parse("CNY"), 53, 56)], await watch.LookAsync(default));

        // Nothing has moved: the day is looked at again only after a while.
        Assert.Empty(await watch.LookAsync(default));
        await books.Database.ExecuteAsync("update gl_day set credit = credit - 3 where subject = '6021.01.01'");
    }

    [Fact]
    public async Task a_pump_makes_vouchers_until_none_is_left_A8()
    {
        await using var books = await LedgerHand.OpenAsync();
        using var metrics = new VoucherMetrics(TimeProvider.System);
        using var pump = new VoucherPump(books.Store(), metrics, new AlertBell(), TimeProvider.System, NullLogger<VoucherPump>.Instance);
        await books.PayAsync();
        await pump.StartAsync(default);
        await Eventually.BecomesTrueAsync(async () => await books.VouchersAsync() == 1, "the first has its voucher");
        await books.PayAsync();
        await Eventually.BecomesTrueAsync(async () => await books.VouchersAsync() == 2, "the second has its voucher");
        await pump.StopAsync(default);
        Assert.True(metrics.BacklogAge < TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task a_draft_is_not_in_force_and_two_people_who_write_at_once_get_two_versions_A8()
    {
        await using var books = await LedgerHand.OpenAsync();
        await books.ApproveAsync("Payment", ("Debit", "1122.01.01", "total"), ("Credit", "2241.01.01", "merchant"), ("Credit", "6021.01.01", "fee_income"));
        var templates = new TemplateStore(books.Database.Sql);
        var drafts = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => templates.AddAsync("Payment", [], $"maker-{i}", default)));

        Assert.Equal(Enumerable.Range(2, 8), drafts.Select(draft => draft.Template.Version).Order());
        Assert.Null(await templates.ApproveAsync("Payment", 2, drafts.Single(draft => draft.Template.Version == 2).MadeBy, default));
        var posting = await books.PayAsync();
        await LedgerHand.TakeAsync(books.Store(), 1);
        Assert.Equal(1, (await books.Reports().VoucherAsync(posting, default))!.TemplateVersion);
    }

    [Fact]
    public async Task vouchers_are_paged_by_number_and_found_by_subject_of_any_level_A8()
    {
        await using var books = await LedgerHand.OpenAsync();
        var surplus = await books.PostAsync("Surplus", (LedgerHand.Receivable, -5), (LedgerHand.Suspense, 5));
        var payments = new[] { await books.PayAsync(), await books.PayAsync(), await books.PayAsync() };
        await LedgerHand.TakeAsync(books.Store(), 4);
        var reports = books.Reports();

        Assert.Equal([surplus], await IdsAsync("2241.09", 0));
        Assert.Equal(payments, await IdsAsync("2241.01.01", 0));
        Assert.Equal([surplus, .. payments], await IdsAsync("1122", 0));
        Assert.Equal(payments[1..], await IdsAsync(null, 2));
        var page = await reports.VouchersAsync(LedgerHand.Today, 0, 1, default);
        Assert.Equal((surplus, 1L), (Assert.Single(page.Vouchers).PostingId, page.Next));

        async Task<IEnumerable<long>> IdsAsync(string? subject, long after) =>
            (subject is null ? await reports.VouchersAsync(LedgerHand.Today, after, 100, default) : await reports.VouchersAsync(LedgerHand.Today, after, subject, 100, default))
            .Vouchers.Select(voucher => voucher.PostingId);
    }

    [Fact]
    public async Task a_subject_is_looked_for_in_stretches_and_a_page_without_any_goes_on_A8()
    {
        await using var books = await LedgerHand.OpenAsync();
        for (var i = 0; i < 6; i++)
        {
            await books.PayAsync();
        }

        var surplus = await books.PostAsync("Surplus", (LedgerHand.Receivable, -5), (LedgerHand.Suspense, 5));
        await LedgerHand.TakeAsync(books.Store(), 7);
        var reports = new GeneralLedgerStore(books.Database.Sql) { StretchOf = 2, Stretches = 2 };

        Assert.Equal((null, 4), await FirstAsync("2241.09", after: 0));
        Assert.Equal((surplus, 7), await FirstAsync("2241.09", after: 4));
        Assert.Equal((null, null), await FirstAsync("2241.09", after: 7));
        Assert.Equal((null, null), await FirstAsync("6711", after: 0));
        var fees = await reports.VouchersAsync(LedgerHand.Today, 0, "6021", 3, default);
        Assert.Equal([1, 2, 3], fees.Vouchers.Select(voucher => voucher.Number));
        Assert.Equal(3, fees.Next);

        async Task<(long? Posting, long? Next)> FirstAsync(string subject, long after)
        {
            var page = await reports.VouchersAsync(LedgerHand.Today, after, subject, 10, default);
            return (page.Vouchers.SingleOrDefault()?.PostingId, page.Next);
        }
    }

    [Fact]
    public async Task the_opening_of_a_day_is_all_that_was_before_it_A8()
    {
        await using var books = await LedgerHand.OpenAsync();
        await books.PayAsync();
        await books.Database.ExecuteAsync("update ledger_day set day = day + 1");
        await using (var connection = await books.Database.Sql.OpenConnectionAsync())
        {
            await LedgerHand.PostAsync(connection, LedgerHand.Today.AddDays(1), "Payment", (LedgerHand.Receivable, -10_00), (LedgerHand.Merchant, 10_00));
        }

        await LedgerHand.TakeAsync(books.Store(), 2);

        var movements = await books.Reports().MovementsAsync(LedgerHand.Today.AddDays(1), default);
        Assert.Equal(
            [("1122.01.01", 88_00, 0, 10_00, 0), ("2241.01.01", 0, 87_47, 0, 10_00), ("6021.01.01", 0, 53, 0, 0)],
            movements.Select(m => (m.Subject, m.DebitBefore, m.CreditBefore, m.Debit, m.Credit)));
    }
}
