using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Store.GeneralLedger;
using PaymentEngine.Store.Seeds;
using PaymentEngine.Tests.Support;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.GeneralLedger;

/// <summary>Every posting gets its voucher, once, whoever makes it and whatever happens meanwhile.</summary>
[Trait("Rule", "A8")]
public sealed class VoucherStoreTests
{
    [Fact]
    public async Task a_posting_becomes_a_voucher_with_a_number_and_lines_and_adds_to_the_day_A8()
    {
        await using var books = await LedgerHand.OpenAsync();
        var store = books.Store();
        var (first, second) = (await books.PayAsync(), await books.PayAsync());

        Assert.Equal(2, await LedgerHand.TakeAsync(store, 2));

        Assert.Equal(["Debit 1122.01.01 8800", "Credit 2241.01.01 8747", "Credit 6021.01.01 53"], await books.LinesAsync(first));
        var vouchers = (await books.Reports().VouchersAsync(LedgerHand.Today, 0, 10, default)).Vouchers;
        Assert.Equal([(1, first, "Payment", first + 1), (2, second, "Payment", second + 1)], vouchers.Select(v => (v.Number, v.PostingId, v.Kind, v.Order!.Value)));
        Assert.Equal(
            [("1122.01.01", 176_00, 0), ("2241.01.01", 0, 174_94), ("6021.01.01", 0, 1_06)],
            await books.Database.ReadAsync("select subject, debit, credit from gl_day order by subject", row => (row.GetString(0), row.GetInt64(1), row.GetInt64(2))));
        Assert.IsType<PortionResult.Idle>(await store.TakeAsync(default));
    }

    [Fact]
    [Trait("Rule", "A5")]
    public async Task what_moved_between_the_rows_of_one_account_is_on_no_voucher_A8()
    {
        await using var books = await LedgerHand.OpenAsync();
        await books.ApproveAsync("RefundTaken", ("Debit", "1122.01.01", "total"), ("Credit", "2241.01.01", "merchant_credited"));
        var swept = await books.PostAsync(
            "RefundTaken", (LedgerHand.Receivable, -88_00), (LedgerHand.Merchant, 88_00), (LedgerHand.Receivable + ".01", -60_00), (LedgerHand.Receivable + ".02", 60_00));
        var within = await books.PostAsync("Hold", (LedgerHand.Receivable + ".01", -2_00), (LedgerHand.Receivable + ".02", 2_00));

        Assert.Equal(2, await LedgerHand.TakeAsync(books.Store(), 2));

        Assert.Equal(["Debit 1122.01.01 8800", "Credit 2241.01.01 8800"], await books.LinesAsync(swept));
        Assert.Empty(await books.LinesAsync(within));
        Assert.Equal(within, (await books.Reports().VoucherAsync(within, default))!.PostingId);
        Assert.Equal(88_00, await books.Database.ScalarAsync<long>("select sum(debit)::bigint from gl_day"));
    }

    [Fact]
    public async Task two_nodes_that_race_make_each_voucher_once_A8()
    {
        await using var books = await LedgerHand.OpenAsync();
        var nodes = Enumerable.Range(0, 3).Select(_ => books.Store()).ToArray();
        using var done = new CancellationTokenSource();
        var pumps = nodes.Select(async node =>
        {
            while (!done.IsCancellationRequested)
            {
                await node.TakeAsync(default);
            }
        }).ToArray();

        for (var i = 0; i < 150; i++)
        {
            await books.PayAsync();
        }

        await Eventually.BecomesTrueAsync(async () => await books.VouchersAsync() == 150, "all have their voucher");
        await done.CancelAsync();
        await Task.WhenAll(pumps);
        Assert.Equal(150, await books.Database.ScalarAsync<long>("select number from gl_count"));
    }

    /// <summary>What began earlier and commits later is below nothing that the mark has passed.</summary>
    [Fact]
    public async Task a_long_transaction_that_commits_late_is_not_skipped_A8()
    {
        await using var books = await LedgerHand.OpenAsync();
        var store = books.Store();
        await using var connection = await books.Database.Sql.OpenConnectionAsync();
        await using var late = await connection.BeginTransactionAsync();
        await using (var begin = new NpgsqlCommand("select pg_current_xact_id()", connection))
        {
            await begin.ExecuteScalarAsync();
        }

        var after = await books.PayAsync();
        Assert.IsType<PortionResult.Idle>(await store.TakeAsync(default));
        var before = await LedgerHand.PostAsync(connection, LedgerHand.Today, "Payment", (LedgerHand.Suspense, -5), (LedgerHand.Fees, 5));
        await late.CommitAsync();
        await LedgerHand.TakeAsync(store, 2);

        Assert.NotEmpty(await books.LinesAsync(after));
        Assert.NotEmpty(await books.LinesAsync(before));
    }

    [Fact]
    public async Task a_node_that_dies_in_the_middle_of_a_portion_leaves_nothing_of_it_A8()
    {
        await using var books = await LedgerHand.OpenAsync();
        await books.PayAsync();
        await LedgerHand.TakeAsync(books.Store(), 1);
        var posting = await books.PayAsync();

        // The portion has its vouchers and lines, and waits for the sums of the day.
        await using var connection = await books.Database.Sql.OpenConnectionAsync();
        await using var holder = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("select 1 from gl_day for update", connection))
        {
            await hold.ExecuteNonQueryAsync();
        }

        var dying = LedgerHand.TakeAsync(books.Store(), 1);
        const string Waiting = "from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%gl_day%'";
        await Eventually.BecomesTrueAsync(() => books.Database.ScalarAsync<bool>($"select exists (select {Waiting})"), "the portion waits");
        Assert.Equal(PortionResult.Busy.Instance, await books.Store().TakeAsync(default));
        await books.Database.ExecuteAsync($"select pg_terminate_backend(pid) {Waiting}");
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => dying);
        Assert.Equal(1, await books.VouchersAsync());

        await holder.RollbackAsync();
        Assert.Equal(1, await LedgerHand.TakeAsync(books.Store(), 1));
        Assert.NotEmpty(await books.LinesAsync(posting));
    }

    [Fact]
    public async Task legs_in_the_buffer_belong_to_the_voucher_and_make_no_second_one_when_they_are_booked_A8()
    {
        await using var books = await LedgerHand.OpenAsync();
        var store = books.Store();
        var posting = await books.PayBufferedAsync();
        Assert.Equal(1, await LedgerHand.TakeAsync(store, 1));
        Assert.Equal(["Debit 1122.01.01 8800", "Credit 6021.01.01 53", "Credit 2241.01.01 8747"], await books.LinesAsync(posting));

        var flushed = await books.PayBufferedAsync();
        await books.Database.ExecuteAsync("select lock_accounts(array(select id from account), false)");
        Assert.Equal(1, await LedgerHand.TakeAsync(store, 1));
        Assert.Equal(["Debit 1122.01.01 8800", "Credit 6021.01.01 53", "Credit 2241.01.01 8747"], await books.LinesAsync(flushed));
        Assert.Empty(await books.Reports().DisagreementsAsync(LedgerHand.Today, default));
    }

    /// <summary>A leg on transit or in suspense names the order whose open item it changes.</summary>
    [Theory]
    [InlineData("2241.02.CNY", "2241.02.01", 0)]
    [InlineData("2241.02.CNY", "2241.02.01", 1)]
    [InlineData("2241.09.CNY", "2241.09.01", 0)]
    [InlineData("2241.09.CNY", "2241.09.01", 1)]
    public async Task lines_stand_in_the_order_of_the_legs_and_the_voucher_names_the_order_of_its_posting_A8(string account, string subject, int leg)
    {
        await using var books = await LedgerHand.OpenAsync();
        var (posting, item, refund) = (OrderId.Create(LedgerHand.Today, 71), OrderId.Create(LedgerHand.Today, 72), OrderId.Create(LedgerHand.Today, 73));

        // The later leg was written first, and is read first.
        await books.Database.ExecuteAsync(
            """
            insert into entry (account_id, sequence, posting_id, leg, amount_minor, opening, closing, currency, posting_date, order_id, kind, tx)
            select a.id, a.sequence + 1, $1, l.leg, l.amount, a.balance, a.balance + l.amount, 'CNY', $2, l.order_id, 'RefundPaid', pg_current_xact_id()::text::bigint
            from (values ($3, $4, -7, $5::bigint), ('1122.01.101.CNY', 1 - $4, 7, $6::bigint)) as l (number, leg, amount, order_id)
            join account a on a.number = l.number
            order by l.leg desc
            """,
            posting.Value, LedgerHand.Today, account, leg, item.Value, refund.Value);
        await LedgerHand.TakeAsync(books.Store(), 1);

        string[] lines = [$"Debit {subject} 7", "Credit 1122.01.01 7"];
        Assert.Equal(leg == 0 ? lines : [.. lines.Reverse()], await books.LinesAsync(posting.Value));
        Assert.Equal(refund.Value, (await books.Reports().VoucherAsync(posting.Value, default))!.Order);
    }

    [Fact]
    public async Task the_demonstrations_templates_make_a_voucher_of_every_business_event_A8()
    {
        await using var books = await LedgerHand.OpenAsync();
        await new DemoSeed(books.Database.Sql, TestDatabase.Secrets).PlantTemplatesAsync(default);
        await new DemoSeed(books.Database.Sql, TestDatabase.Secrets).PlantTemplatesAsync(default);
        const string Transit = "2241.02.CNY";
        (string, long)[] taken = [(LedgerHand.Merchant, -87_47), (LedgerHand.Fees, -53), (Transit, 88_00)];
        (string, long)[] paid = [(Transit, -88_00), (LedgerHand.Receivable, 88_00)];
        (string, long)[] returned = [(Transit, -88_00), (LedgerHand.Merchant, 87_47), (LedgerHand.Fees, 53)];
        var events = new Dictionary<PostingKind, (string, long)[]>
        {
            [PostingKind.Payment] = [(LedgerHand.Receivable, -88_00), (LedgerHand.Merchant, 87_47), (LedgerHand.Fees, 53)],
            [PostingKind.Surplus] = [(LedgerHand.Receivable, -88_00), (LedgerHand.Suspense, 88_00)],
            [PostingKind.Refund] = [(LedgerHand.Suspense, -88_00), (LedgerHand.Receivable, 88_00)],
            [PostingKind.RefundTaken] = taken,
            [PostingKind.RefundPaid] = paid,
            [PostingKind.RefundReturned] = returned,
            [PostingKind.VoidTaken] = taken,
            [PostingKind.VoidPaid] = paid,
            [PostingKind.VoidReturned] = returned,
            [PostingKind.RefundAfterAll] = [(LedgerHand.Merchant, -87_47), (LedgerHand.Fees, -53), (LedgerHand.Receivable, 88_00)],
        };
        Assert.Equal(Enum.GetValues<PostingKind>().Where(kind => kind.IsOfAnOrder()), events.Keys.Order());

        foreach (var (kind, legs) in events)
        {
            await books.PostAsync(kind.ToString(), legs);
        }

        Assert.Equal(events.Count, await LedgerHand.TakeAsync(books.Store(), events.Count));
        var vouchers = (await books.Reports().VouchersAsync(LedgerHand.Today, 0, 20, default)).Vouchers;
        Assert.All(vouchers, voucher => Assert.Equal(1, voucher.TemplateVersion));
        Assert.All(vouchers.SelectMany(voucher => voucher.Lines), line => Assert.NotNull(line.Summary));
        Assert.All(vouchers, voucher => Assert.Equal(events[Enum.Parse<PostingKind>(voucher.Kind)].Select(leg => leg.Item2), voucher.Lines.Select(line => line.SignedMinor)));
    }

    [Fact]
    public async Task what_a_template_cannot_make_is_listed_told_and_redone_after_it_was_mended_A8()
    {
        await using var books = await LedgerHand.OpenAsync();
        var store = books.Store();
        await books.ApproveAsync("Payment", ("Debit", "1122.01.01", "channel_receivable"), ("Credit", "2241.01.01", "merchant"));
        var (first, second, other) = (await books.PayAsync(), await books.PayAsync(), await books.PayAsync("Surplus"));

        Assert.Equal(1, await LedgerHand.TakeAsync(store, 3));
        var failures = await new FailureStore(books.Database.Sql).ListAsync(0, 10, default);
        Assert.Equal([(first, "debits are 88.00 and credits 87.47 CNY", 1), (second, "debits are 88.00 and credits 87.47 CNY", 1)], failures.Select(f => (f.PostingId, f.Reason, f.Attempts)));
        Assert.Equal(2, await books.Database.ScalarAsync<long>("select times::bigint from alert_signal where kind = 'voucher_failed' and subject = 'Payment'"));
        Assert.Equal(
            $"No voucher can be made of posting {LedgerNumber.OfPosting(new OrderId(first))}: debits are 88.00 and credits 87.47 CNY. Mend the template of Payment and have it redone.",
            await books.Database.ScalarAsync<string>("select text from alert_signal where kind = 'voucher_failed' and subject = 'Payment'"));
        Assert.NotEmpty(await books.LinesAsync(other));
        Assert.Equal(new VoucherBacklog(0, 2), await store.BacklogAsync(LedgerHand.Today, default));

        // Nothing was mended: it is tried and counted.
        Assert.Equal(new VouchersMade(0, 2), await store.RedoAsync("Payment", default));
        Assert.Equal(2, (await new FailureStore(books.Database.Sql).ListAsync(0, 1, default))[0].Attempts);

        await books.ApproveAsync("Payment", ("Debit", "1122.01.01", "total"), ("Credit", "2241.01.01", "merchant"), ("Credit", "6021.01.01", "fee_income"));
        Assert.Equal(new VouchersMade(1, 0), await store.RedoAsync(first, default));
        Assert.Equal(new VouchersMade(1, 0), await store.RedoAsync("Payment", default));
        Assert.Null(await store.RedoAsync(first, default));
        Assert.Equal(2, (await books.Reports().VoucherAsync(second, default))!.TemplateVersion);
        Assert.Equal(new VoucherBacklog(0, 0), await store.BacklogAsync(LedgerHand.Today, default));
    }

    [Fact]
    public async Task the_net_finds_what_the_mark_has_passed_or_never_saw_A8()
    {
        await using var books = await LedgerHand.OpenAsync();
        var store = books.Store();
        await books.PayAsync();
        await LedgerHand.TakeAsync(store, 1);
        var order = OrderId.Create(LedgerHand.Today, 77).Value;
        await books.Database.ExecuteAsync("insert into posting (order_id, kind, id, posting_date, posted_at) values ($1, 'Surplus', 4711, $2, now())", order, LedgerHand.Today);
        await books.Database.ExecuteAsync(
            """
            insert into entry (account_id, sequence, posting_id, leg, amount_minor, opening, closing, currency, posting_date)
            select id, sequence + 1, 4711, case number when '2241.09.CNY' then 1 else 0 end, case number when '2241.09.CNY' then 7 else -7 end, 0, case number when '2241.09.CNY' then 7 else -7 end, 'CNY', $1
            from account where number in ('2241.09.CNY', '1122.01.101.CNY')
            """,
            LedgerHand.Today);
        Assert.IsType<PortionResult.Idle>(await store.TakeAsync(default));
        Assert.Equal(new VoucherBacklog(1, 0), await store.BacklogAsync(LedgerHand.Today, default));

        Assert.Equal(new VouchersMade(1, 0), await store.MissingAsync(LedgerHand.Today, default));

        Assert.Equal(["Debit 1122.01.01 7", "Credit 2241.09.01 7"], await books.LinesAsync(4711));
        var voucher = await books.Reports().VoucherAsync(4711, default);
        Assert.Equal(("Surplus", order), (voucher!.Kind, voucher.Order!.Value));
        Assert.Equal(new VouchersMade(0, 0), await store.MissingAsync(LedgerHand.Today, default));
    }

    [Fact]
    public async Task a_database_whose_transactions_are_counted_anew_is_gone_through_once_more_and_makes_nothing_twice_A8()
    {
        await using var books = await LedgerHand.OpenAsync();
        var store = books.Store();
        var old = await books.PayAsync();
        await LedgerHand.TakeAsync(store, 1);
        await books.Database.ExecuteAsync("update voucher_mark set tx = tx + 1000000");
        var posting = await books.PayAsync();

        Assert.Equal([LedgerHand.Today], Assert.IsType<PortionResult.Restored>(await store.TakeAsync(default)).OpenDays.Where(day => day == LedgerHand.Today));
        Assert.Equal(1, await LedgerHand.TakeAsync(store, 1));
        Assert.NotEmpty(await books.LinesAsync(posting));
        Assert.Equal(3, (await books.LinesAsync(old)).Count);
    }

    [Fact]
    public async Task a_portion_is_narrowed_to_whole_transactions_A8()
    {
        await using var books = await LedgerHand.OpenAsync();
        await Backlog.MakeAsync(books, transactions: 30, postingsOfEach: 1_000);

        var portions = new List<PortionResult.Made>();
        Assert.Equal(30_000, await LedgerHand.TakeAsync(books.Store(), 30_000, portions.Add));

        Assert.All(portions, portion => Assert.True(portion.Legs is > 0 and <= VoucherStore.MostLegs && portion.Legs % 3_000 == 0, portion.ToString()));
        Assert.Contains(portions, portion => portion.IsMore);
    }
}
