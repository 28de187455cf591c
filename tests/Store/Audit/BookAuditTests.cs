using Npgsql;
using PaymentEngine.Store;
using PaymentEngine.Store.Audit;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Audit;

/// <summary>The audit notices what somebody with full rights did to the books.</summary>
[Trait("Rule", "A7")]
[Trait("Rule", "A8")]
public sealed class BookAuditTests(EventfulBooks books) : IClassFixture<EventfulBooks>
{
    private const string Balanced = "every posting balances in every currency";
    private const string Chain = "every account is an unbroken chain of entries from zero";
    private const string Closing = "every balance is the closing of its account's last entry";
    private const string Conserved = "money is conserved: all balances of a currency, and what is buffered, sum to zero";
    private const string Floor = "no account is below its floor";
    private const string Entries = "every posting has its entries and every entry its posting";
    private const string Frozen = "what is frozen of an account is what is left of its holds";
    private const string Held = "a hold is what its history says";
    private const string SubAccounts = "a sub-account has the status of its account";
    private const string Buffered = "nothing is buffered for an account that is not open";
    private const string Days = "days never go backwards within an account";
    private const string TakenBack = "a posting that was taken back was taken back whole";
    private const string PostedOnce = "a payment or refund is posted once if it succeeded, and else not at all";
    private const string MovedOnce = "money that an institution moved is posted once, for its payment or as surplus";
    private const string OfMoney = "every posting is of an order whose institution orders moved the money";
    private const string Collected = "what was posted is what the institution orders moved";
    private const string Belongs = "a succeeded institution order belongs to a payment that is posted or waits for its posting";
    private const string OneWinner = "an instruction succeeded if each of its parts has exactly one winner";
    private const string PaidOnce = "a trade is paid if exactly one payment won, and by that one";
    private const string Surplus = "surplus money has a refund, and a difference that is open until the payer has it back";
    private const string RefundOfSurplus = "every refund that no merchant asked for gives back surplus money";
    private const string GivenBack = "what a merchant gives back was taken from him, and when it is final is with the payer or with him again";
    private const string Transit = "transit holds what merchants give back and nobody has yet, and nothing else";
    private const string NeverMore = "merchants never give back more than they were paid, nor have back more than our fee";
    private const string Void = "a void takes back a whole payment with its fee, on the day on which that was posted";
    private const string RefundNumber = "a merchant's refund number leads to its refund and to no other";
    private const string OrderTimer = "an institution order that is not final has a timer or stands on the work list";
    private const string PaymentTimer = "a payment that is not final has something in flight, or a timer for its posting";
    private const string TradeTimer = "a trade that is not final has a payment in flight or a timer for its expiry";
    private const string History = "every commit of a trade is in its history";
    private const string State = "an order is there and in the state where its history leads";
    private const string OrderNumber = "a merchant order number leads to its trade and to no other";
    private const string Answered = "every request has the commit that answered it";
    private const string Unique = "no number was given to an institution twice";
    private const string Limits = "what is used of a limit is what its orders took that did not fail";

    private const string Vouchered = "every posting of a closed day, or of a transaction below the mark, has its voucher or stands among the failures";
    private const string VoucherBalanced = "every voucher balances in every currency";
    private const string Numbered = "the vouchers of a day are numbered without a gap";
    private const string DaySums = "the sums of a day are those of its voucher lines";
    private const string LedgersAgree = "ledger and general ledger moved the same on every subject and day, in all that has its voucher";

    private const string Certified = "the certificate of a closed day says what was posted on it";
    private const string AccountDays = "what an account opened with, moved and closed with on a closed day is what its entries say";
    private const string Sealed = "who closed a day, when, and what he let pass is sealed with the day before";

    private static readonly string LastPartition = $"{TestDatabase.Today.AddDays(1):yyyyMMdd}";

    public static TheoryData<string, string> Damages => new()
    {
        { Balanced, "update entry set amount_minor = amount_minor + 1, closing = closing + 1 where (account_id, sequence) = (select account_id, sequence from entry limit 1)" },
        { Balanced, "update entry set currency = 'USD' where leg = 0" },
        { Chain, "update entry set opening = opening + 1, closing = closing + 1 where (account_id, sequence) = (select account_id, sequence from entry limit 1)" },
        { Chain, "update entry set sequence = sequence + 7 where (account_id, sequence) in (select account_id, max(sequence) from entry group by account_id)" },
        { Chain, "delete from entry where sequence = 1" },
        { Closing, "update account set balance = balance + 1 where id = (select account_id from entry limit 1)" },
        { Closing, "update account set balance = balance - 5 where kind = 'FeeIncome' and balance > 5; update account set balance = balance + 5 where number = '6021.01.CNY'" },
        { Closing, "update account set sequence = sequence + 1 where kind = 'Suspense' and sequence > 0" },
        { Conserved, "update account set balance = balance + 1 where number = '6021.01.CNY'" },
        { Floor, "alter table account drop constraint account_check; update account set frozen = balance - floor + 1 where kind = 'Merchant'" },
        { Entries, "delete from posting where kind = 'Surplus'" },
        { Entries, "delete from entry where posting_id = (select id from posting where kind = 'Surplus')" },
        { Entries, "delete from ledger_request where kind = 'Transfer'" },
        { Balanced, "delete from entry_pending" },
        { Conserved, "update entry_pending set amount_minor = amount_minor + 1" },
        { Frozen, "update account set frozen = frozen - 1 where frozen > 0" },
        { Frozen, "update hold set released = released + 1 where captured + released < amount_minor" },
        { Held, "delete from hold_change where what = 'Captured'" },
        { Held, "delete from hold_change where what = 'Placed'" },
        { Held, "update hold set released = released + 1 where captured + released < amount_minor" },
        { SubAccounts, "update account set status = 'Frozen' where kind = 'FeeIncome' and parent_id is null" },
        { SubAccounts, "update account set status = 'Closed' where kind = 'FeeIncome' and number like '%.01'" },
        { Buffered, "update account set status = 'Frozen' where id in (select account_id from entry_pending)" },
        { Days, "update entry set posting_date = posting_date + 1 where sequence = 1 and account_id in (select account_id from entry where sequence = 2)" },
        { TakenBack, "update ledger_reversal set reversed_id = reversed_id - 1000000" },
        { TakenBack, "update entry set amount_minor = 2 * amount_minor, closing = closing + amount_minor where posting_id in (select posting_id from ledger_reversal)" },
        { PostedOnce, "delete from posting where kind = 'Payment'" },
        { PostedOnce, "delete from posting where kind = 'Refund'" },
        { MovedOnce, "delete from posting where kind = 'Surplus'" },
        { MovedOnce, "insert into posting select o.id, 'Surplus', x.id + 1, x.posting_date, x.posted_at from institution_order o join payment_instruction i on i.trade_id = o.trade_id and i.id = o.instruction_id join posting x on x.order_id = i.payment_id and x.kind = 'Payment'" },
        { OfMoney, "insert into posting select order_id + 1000, 'Payment', id, posting_date, posted_at from posting limit 1" },
        { OfMoney, "update posting set kind = 'Payment' where kind = 'Surplus'" },
        { OfMoney, "delete from payment_order where state = 'Succeeded'" },
        { Collected, "update institution_order set amount_minor = amount_minor + 1 where state = 'Succeeded'" },
        { Collected, "delete from institution_order where state = 'Succeeded'" },
        { Belongs, "update institution_order set state = 'Succeeded', executed = true where state = 'Failed'" },
        { OneWinner, "update payment_instruction set state = 'Processing', parts_won = 0 where state = 'Succeeded'" },
        { OneWinner, "insert into institution_order select trade_id, id + 500, instruction_id, part, state, channel_id, number || '9', amount_minor, claimed_by, send_by, sends, queries, may_have_arrived, executed, institution_ref, code, created_at from institution_order where state = 'Succeeded' limit 1" },
        { PaidOnce, "update payment_order set state = 'Succeeded' where state = 'Surplus'" },
        { PaidOnce, "update trade_order set state = 'Closed', paid_by = null, paid_at = null where state = 'Paid'" },
        { PaidOnce, "update trade_order t set paid_by = (select id from payment_order p where p.trade_id = t.id and p.state = 'Surplus') where exists (select from payment_order p where p.trade_id = t.id and p.state = 'Surplus')" },
        { Surplus, "delete from difference" },
        { Surplus, "update difference set closed_at = null" },
        { Surplus, "delete from payment_order where kind = 'refund'" },
        { Surplus, "update payment_order set amount_minor = amount_minor + 1 where kind = 'refund'" },
        { RefundOfSurplus, "update payment_order set refund_of = refund_of + 1 where kind = 'refund'" },
        { RefundOfSurplus, "update payment_order set refund_kind = null, fee_back_minor = null where refund_kind = 'refund'" },
        { GivenBack, "delete from posting where kind = 'RefundTaken'" },
        { GivenBack, "delete from posting where kind = 'VoidPaid'" },
        { GivenBack, "delete from posting where kind = 'RefundReturned'" },
        { GivenBack, "insert into posting select order_id, 'RefundReturned', id + 1, posting_date, posted_at from posting where kind = 'RefundPaid'" },
        { GivenBack, "insert into posting select order_id, 'RefundAfterAll', id + 1, posting_date, posted_at from posting where kind = 'RefundPaid'" },
        { GivenBack, "update posting set kind = 'RefundPaid' where kind = 'RefundReturned'" },
        { GivenBack, "update posting set kind = 'RefundTaken' where kind = 'VoidTaken'" },
        { GivenBack, "update payment_order set state = 'Succeeded', ended_at = now() where refund_kind is not null and state = 'Processing'" },
        { GivenBack, "update institution_order o set executed = true from posting x, payment_instruction i where x.kind = 'RefundReturned' and i.payment_id = x.order_id and o.instruction_id = i.id" },
        { Transit, "update account set balance = balance + 1 where number = '2241.02.CNY'" },
        { Transit, "delete from posting where kind = 'RefundPaid'" },
        { Transit, "update payment_order set amount_minor = amount_minor + 1 where refund_kind is not null and state = 'Processing'" },
        { NeverMore, "update payment_order set amount_minor = 8801 where refund_kind = 'void'" },
        { NeverMore, "update payment_order set fee_back_minor = fee_back_minor + 1 where refund_kind = 'void'" },
        { NeverMore, "update payment_order set refund_of = refund_of + 1 where refund_kind is not null" },
        { NeverMore, "update payment_order set amount_minor = amount_minor + 1 where id in (select order_id from posting where kind = 'RefundAfterAll')" },
        { NeverMore, "update payment_order set fee_back_minor = fee_back_minor + 54 where refund_kind = 'refund' and state = 'Failed'" },
        { NeverMore, "delete from difference where kind = 'contradiction'" },
        { NeverMore, "update order_step set changes = replace(changes::text, 'BeginMerchantRefund', 'x')::json" },
        { Void, "update payment_order set fee_back_minor = fee_back_minor - 1 where refund_kind = 'void'" },
        { Void, "update posting set posting_date = posting_date + 1 where kind = 'VoidTaken'" },
        { Void, "update payment_order set refund_kind = 'void' where refund_kind = 'refund'" },
        { RefundNumber, "delete from merchant_refund" },
        { RefundNumber, "update payment_order set merchant_refund_no = null where merchant_refund_no is not null" },
        { RefundNumber, "update merchant_refund set refund_id = refund_id + 1" },
        { OrderTimer, "delete from timer where kind = 'Query'" },
        { OrderTimer, "delete from work_item" },
        { OrderTimer, "insert into timer select id, 'Query', trade_id, now(), 0 from institution_order where state = 'Failed'" },
        { PaymentTimer, "delete from timer where kind = 'Posting'" },
        { PaymentTimer, "update institution_order set state = 'Failed' where state = 'Sending'" },
        { TradeTimer, "delete from timer where kind = 'Expiry'" },
        { TradeTimer, "update payment_order set state = 'Failed', failure = 'x' where state = 'Processing' and kind = 'payment'" },
        { History, "delete from order_step where version = 2" },
        { History, "update trade_order set version = version + 1" },
        { State, "update payment_order set state = 'Processing', failure = null where state = 'Failed'" },
        { State, "delete from trade_order where state = 'Closed'" },
        { State, "delete from payment_instruction where state = 'Failed'" },
        { OrderNumber, "delete from merchant_request where merchant_order_no is not null" },
        { OrderNumber, "update merchant_request set trade_id = trade_id + 1 where merchant_order_no is not null" },
        { Answered, "update merchant_request set version = version + 7" },
        { Answered, "delete from order_step where version = 1" },
        { Unique, "do $$ declare i text; begin for i in select indexrelid::regclass from pg_index where indrelid = 'institution_order_{last}'::regclass and indisunique and not indisprimary loop execute 'drop index ' || i; end loop; end $$; update institution_order_{last} set number = 'the same'" },
        { Limits, "update limit_portion set amount_used = amount_used - 1 where count_used > 0" },
        { Limits, "update limit_portion set count_used = count_used - 1 where count_used > 0" },
        { Limits, "delete from limit_portion where portion = 3" },
        { Limits, "update institution_order set limit_counters = null where limit_counters is not null and state = 'Succeeded'" },
        { Limits, "update institution_order set state = 'Failed', executed = false where state = 'Succeeded'" },
        { Vouchered, "delete from voucher where kind = 'Surplus'" },
        { Vouchered, "delete from voucher where kind = 'Surplus'; update voucher_mark set tx = 0" },
        { VoucherBalanced, "update voucher_line set amount_minor = amount_minor + 1 where side = 'Debit'" },
        { VoucherBalanced, "update voucher_line set currency = 'USD' where side = 'Debit'" },
        { VoucherBalanced, "delete from voucher_line where posting_id = (select posting_id from voucher where kind = 'Surplus')" },
        { VoucherBalanced, "update voucher_line set posting_id = posting_id + 100000 where posting_id = (select posting_id from voucher where kind = 'Surplus')" },
        { Numbered, "update gl_count set number = number + 1" },
        { Numbered, "delete from gl_count" },
        { Numbered, "update voucher set number = number + 1000 where kind = 'Surplus'" },
        { DaySums, "update gl_day set debit = debit + 1" },
        { DaySums, "delete from gl_day where subject = '2241.09.01'" },
        { DaySums, "delete from voucher_line where line = 3" },
        { LedgersAgree, "update voucher_line set subject = '2241.02.02' where subject = '2241.01.01'; update gl_day set subject = '2241.02.02' where subject = '2241.01.01'" },
        { LedgersAgree, "update account set subject_code = '2241.01.02' where kind = 'Merchant'" },
        { LedgersAgree, "delete from entry where posting_id = (select posting_id from voucher where kind = 'Surplus')" },
        { Certified, "update ledger_day_close set entries = 999" },
        { Certified, "update ledger_day_close set entries = 999, certificate = jsonb_set(certificate, '{entries}', '999')" },
        { Certified, "update ledger_day_close set postings = 999, certificate = jsonb_set(certificate, '{postings}', '999')" },
        { Certified, "update ledger_day_close set vouchers = 999, certificate = jsonb_set(certificate, '{vouchers}', '999')" },
        { Certified, "update ledger_day_close set sums = '[]', certificate = jsonb_set(certificate, '{sums}', '[]')" },
        { Certified, "update ledger_day_close set closed_by = 'nobody'" },
        { Certified, "update ledger_day_close set certificate = jsonb_set(certificate, '{digest}', '\"00\"')" },
        { AccountDays, "update account_day set opening = opening + 1, closing = closing + 1" },
        { AccountDays, "update account_day set debit = debit + 1, credit = credit + 1" },
        { AccountDays, "update account_day set credit = credit + 1, closing = closing + 1" },
        { AccountDays, "update account_day set last_sequence = last_sequence + 1" },
        { AccountDays, "update account_day set day = day + 100" },
        { AccountDays, "delete from account_day where opening = 0" },
        { Sealed, "update ledger_day_close set closed_by = 'nobody', certificate = jsonb_set(certificate, '{closed_by}', '\"nobody\"')" },
        { Sealed, "update ledger_day_close set certificate = jsonb_set(certificate, '{accepted}', '[\"transit_unexplained\"]')" },
        { Sealed, "update ledger_day_close set certificate = jsonb_set(certificate, '{remark}', '\"all is well\"')" },
        { Sealed, "update ledger_day_close set closed_at = closed_at - interval '1 second'" },
        { Sealed, "update ledger_day_close set seal = sha256(seal)" },
    };

    [Fact]
    public async Task books_in_which_everything_happened_are_clean_and_every_check_had_something_to_look_at()
    {
        var findings = await Books.AuditAsync(books.Database);

        Assert.All(findings, finding => Assert.Equal((finding.Check, 0L), (finding.Check, finding.Wrong)));
        Assert.All(findings, finding => Assert.True(finding.Examined > 0, $"nothing to look at: {finding.Check}"));
    }

    [Fact]
    public void every_check_has_a_damage_that_it_notices() => Assert.Equal(
        Sql.NamesIn("Audit/audit").Order(),
        Damages.Select(row => (string)row[0]).Distinct().Order());

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task a_damage_is_noticed_by_the_check_that_names_it(string check, string damage)
    {
        await using var connection = await books.Database.Sql.OpenConnectionAsync();
        await using var undone = await connection.BeginTransactionAsync();
        await ExecuteAsync(
            """
            do $$ declare t regclass; begin
                for t in select distinct tgrelid::regclass from pg_trigger where not tgisinternal loop
                    execute format('alter table %s disable trigger user', t);
                end loop;
            end $$
            """);
        Assert.NotEqual(0, await ExecuteAsync(damage.Replace("{last}", LastPartition, StringComparison.Ordinal)));

        var finding = Assert.Single(await BookAudit.LookAsync(connection, CancellationToken.None), finding => finding.Check == check);

        Assert.True(finding.Wrong > 0, "not noticed");
        Assert.Matches(@"^(?!.*[{}])(?!.*\b(posting|entries of|trade|payment|refund|void|hold|instruction) \d)", finding.Example);

        async Task<int> ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            return await command.ExecuteNonQueryAsync();
        }
    }
}
