using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Runtime.Proposals;
using PaymentEngine.Store.Ledger;
using PaymentEngine.Tests.Support.Postgres;
using Xunit;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>Classes of customers: I 1,000 in all, II 100,000 a year, III 200,000 a year.</summary>
[Trait("Rule", "A12")]
public sealed class CustomerLimitTests(DatabaseFixture fixture) : LedgerTests(fixture)
{
    [Fact]
    public async Task class_I_pays_1000_in_all_over_all_accounts_also_to_the_customers_own_bank_account_A12()
    {
        var customer = await OfClassAsync("I");
        var (one, two, shop) = (await Hand.MemberAsync(200_000, customer: customer), await Hand.MemberAsync(200_000, customer: customer), await Hand.MemberAsync());

        await Hand.PostedAsync(Paying(one, shop, 60_000));
        await Hand.PostedAsync(Paying(two, shop, 30_000, CustomerUse.OwnBankAccount));
        Assert.Equal(PostingRefusalReason.CustomerLimit, await Hand.RefusedAsync(Paying(two, shop, 10_001)));
        await Hand.PostedAsync(Paying(two, shop, 10_000));

        Assert.Equal(PostingRefusalReason.CustomerLimit, await Hand.RefusedAsync(Paying(one, shop, 1)));
        await NextYearAsync();
        Assert.Equal(PostingRefusalReason.CustomerLimit, await Hand.RefusedAsync(Paying(one, shop, 1)));
        await ThisYearAsync();
    }

    [Fact]
    [Trait("Rule", "A5")]
    public async Task a_customer_whose_row_somebody_holds_fails_those_who_need_it_and_nobody_else_A5()
    {
        var customer = await Hand.CustomerAsync();
        var (held, free, shop) = (await Hand.MemberAsync(100, customer: customer), await Hand.MemberAsync(100), await Hand.MemberAsync());
        await using var holder = await HoldRowAsync($"customer where number = '{customer}'");

        var refused = Hand.RefusedAsync(Paying(held, shop, 1));
        var posted = Hand.PostedAsync(Paying(free, shop, 1));

        Assert.Equal(PostingRefusalReason.AccountBusy, await refused);
        await posted;
    }

    [Fact]
    [Trait("Rule", "A10")]
    public async Task an_adjustment_is_a_correction_and_uses_no_limit_A12()
    {
        var customer = await OfClassAsync("I");
        var (one, shop) = (await Hand.MemberAsync(300_000, customer: customer), await Hand.MemberAsync());
        await Hand.PostedAsync(Paying(one, shop, 100_000));

        var content = new AdjustmentContent("paid to the wrong account", [LedgerHand.Leg(one, -50_000), LedgerHand.Leg(shop, 50_000)], default);
        var adjusted = await Hand.PostedAsync(content.ToRequest(new OrderId(4711), "somebody, and somebody else"));
        var reversal = new AdjustmentContent("it was not", [], adjusted);
        await Hand.PostedAsync(reversal.ToRequest(new OrderId(4712), "somebody, and somebody else"));

        Assert.Equal(100_000, await Database.ScalarAsync<long>("select used_life from customer where number = $1", customer));
        Assert.Equal(PostingRefusalReason.CustomerLimit, await Hand.RefusedAsync(Paying(one, shop, 1)));
    }

    [Theory]
    [InlineData("II", 10_000_000)]
    [InlineData("III", 20_000_000)]
    public async Task classes_II_and_III_pay_so_much_a_year_and_transfers_to_the_own_bank_account_do_not_count_A12(string kycClass, long limit)
    {
        var customer = await OfClassAsync(kycClass);
        var (one, two, shop) = (await Hand.MemberAsync(3 * limit, customer: customer), await Hand.MemberAsync(limit, customer: customer), await Hand.MemberAsync());

        await Hand.PostedAsync(Paying(one, shop, limit, CustomerUse.OwnBankAccount));
        await Hand.PostedAsync(Paying(one, shop, limit - 1));
        await Hand.PostedAsync(Paying(one, two, 5_000));
        await Hand.PostedAsync(Paying(two, shop, 1));

        Assert.Equal(PostingRefusalReason.CustomerLimit, await Hand.RefusedAsync(Paying(two, shop, 1)));
        await NextYearAsync();
        await Hand.PostedAsync(Paying(two, shop, 1));
        await ThisYearAsync();
    }

    [Fact]
    public async Task of_payments_at_once_on_two_nodes_so_many_fit_and_no_more_A12()
    {
        await using var node = new LedgerHand(Database, node: 1);
        var customer = await OfClassAsync("I");
        var shop = await Hand.MemberAsync();
        var accounts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Hand.MemberAsync(100_000, customer: customer)));

        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => (i % 2 == 0 ? Hand : node).PostAsync(Paying(accounts[i % 4], shop, 3_000))));

        Assert.Equal(33, results.Count(result => result is LedgerResult.Posted));
        Assert.Equal(27, results.Count(result => result is LedgerResult.Refused { Reason: PostingRefusalReason.CustomerLimit }));
    }

    [Fact]
    public async Task a_class_is_given_for_one_three_or_five_verifications_or_for_being_met_A12()
    {
        var customer = LedgerHand.New("cust");
        await Hand.Accounts.RegisterCustomerAsync(customer, "Somebody", faceToFace: false, "tester", default);
        var met = LedgerHand.New("cust");
        await Hand.Accounts.RegisterCustomerAsync(met, "Somebody", faceToFace: true, "tester", default);

        Assert.Equal("not_verified", await RefusedAsync(customer, "I"));
        await VouchAsync(customer, "police");
        Assert.IsType<AccountResult.Done>(await Hand.Accounts.LowerClassAsync(customer, "I", "known", "tester", default));
        await VouchAsync(customer, "police", "bank A");
        Assert.Equal("not_verified", await NotRaisedAsync(customer, "II"));
        await VouchAsync(customer, "bank B");
        await RaiseAsync(customer, "II");
        await VouchAsync(customer, "telephone");
        Assert.Equal("not_verified", await NotRaisedAsync(customer, "III"));
        await VouchAsync(customer, "tax office");
        await RaiseAsync(customer, "III");

        Assert.Equal("not_verified", await RefusedAsync(met, "I"));
        await RaiseAsync(met, "II");
        await RaiseAsync(met, "III");
    }

    [Fact]
    [Trait("Rule", "P2")]
    public async Task a_class_is_lowered_at_once_by_one_whoever_vouched_and_raised_by_two_A12()
    {
        var customer = await Hand.CustomerAsync();

        Assert.IsType<AccountResult.Done>(await Hand.Accounts.LowerClassAsync(customer, "II", "strange payments", "tester", default));
        Assert.IsType<AccountResult.Done>(await Hand.Accounts.LowerClassAsync(customer, "I", "very strange payments", "tester", default));
        Assert.IsType<AccountResult.SecondPersonNeeded>(await Hand.Accounts.LowerClassAsync(customer, "II", "it was a mistake", "tester", default));

        Assert.Equal("I", await Database.ScalarAsync<string>("select class from customer where number = $1", customer));
    }

    private static LedgerRequest Paying(string from, string to, long minor, CustomerUse use = CustomerUse.Payment) =>
        LedgerHand.Transfer(from, to, minor) with { Use = use };

    private async Task<string> OfClassAsync(string kycClass)
    {
        var customer = LedgerHand.New("cust");
        await Hand.Accounts.RegisterCustomerAsync(customer, "Somebody", faceToFace: false, "tester", default);
        await VouchAsync(customer, "a", "b", "c", "d", "e");
        if (kycClass != "I")
        {
            await RaiseAsync(customer, kycClass);
        }

        return customer;
    }

    private async Task VouchAsync(string customer, params string[] sources)
    {
        foreach (var source in sources)
        {
            Assert.IsType<AccountResult.Done>(await Hand.Accounts.VerifyAsync(customer, source, "tester", default));
        }
    }

    private async Task<string> RefusedAsync(string customer, string kycClass) =>
        Assert.IsType<AccountResult.Refused>(await Hand.Accounts.LowerClassAsync(customer, kycClass, "known", "tester", default)).Code;

    private Task<Proposal<ChangeContent>> RaiseAsync(string customer, string kycClass) => Hand.ByTwoAsync(new WantedChange.CustomerClass(customer, kycClass, "known"));

    private async Task<string> NotRaisedAsync(string customer, string kycClass) => Assert.IsType<ProposalResult<ChangeView>.Refused>(
        await Hand.Changes.RequestAsync(new WantedChange.CustomerClass(customer, kycClass, "known"), "first", LedgerHand.New("key"), new byte[32], default)).Code;

    private async Task NextYearAsync()
    {
        var next = TestDatabase.Today.AddYears(1);
        await Database.ExecuteAsync("select ensure_entry_day($1)", next);
        await Database.ExecuteAsync("update ledger_day set day = $1", next);
    }

    private Task<int> ThisYearAsync() => Database.ExecuteAsync("update ledger_day set day = $1", TestDatabase.Today);
}
