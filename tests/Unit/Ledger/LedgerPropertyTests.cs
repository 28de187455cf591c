using FsCheck;
using FsCheck.Fluent;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Ledger;
using Xunit;

namespace PaymentEngine.Tests.Unit.Ledger;

/// <summary>Random postings on a handful of accounts, against a model that copies everything before it tries.</summary>
public sealed class LedgerPropertyTests
{
    private const int Accounts = 5;

    [Fact]
    [Trait("Rule", "A1")]
    [Trait("Rule", "A2")]
    [Trait("Rule", "A3")]
    public void A1_A2_A3_the_evaluator_agrees_with_a_naive_ledger_whatever_is_posted() =>
        Prop.ForAll(Histories().ToArbitrary(), history => Agrees(history)).QuickCheckThrowOnFailure();

    private static void Agrees(History history)
    {
        var books = history.NewBooks();
        var model = new NaiveLedger(books.States.Values);
        var conserved = books.Balances.Sum(row => row.Balance);
        foreach (var posting in history.Postings)
        {
            var before = (Balances: books.Balances.ToList(), Entries: books.Entries.ToList());

            var refusal = books.Post(posting);

            Assert.Equal(model.Post(posting), refusal?.Reason);
            Assert.Equal(model.Balances, books.Balances.Select(row => row.Balance));
            Assert.Equal(conserved, books.Balances.Sum(row => row.Balance));
            if (refusal is not null)
            {
                Assert.Equal(before.Balances, books.Balances);
                Assert.Equal(before.Entries, books.Entries);
            }
        }

        foreach (var opened in history.NewBooks().States.Values)
        {
            ChainsWithoutGap(opened, [.. books.Entries.Where(entry => entry.AccountId == opened.Id)], books.States[opened.Id]);
        }
    }

    private static void ChainsWithoutGap(AccountState opened, List<EntryRow> entries, AccountState now)
    {
        var (sequence, closing) = (opened.Sequence, opened.Balance);
        foreach (var entry in entries)
        {
            Assert.Equal((++sequence, closing, closing + entry.AmountMinor), (entry.Sequence, entry.Opening, entry.Closing));
            Assert.True(entry.AmountMinor > 0 || entry.Closing - opened.Frozen >= opened.Floor, "an entry overdrew its account");
            closing = entry.Closing;
        }

        Assert.Equal((sequence, closing), (now.Sequence, now.Balance));
    }

    private static Gen<History> Histories() =>
        from accounts in Account().ArrayOf(Accounts)
        from postings in Transfers().ListOf()
        select new History(accounts, [.. postings]);

    private static Gen<Opening> Account() =>
        from balance in Gen.Choose(-20, 200)
        from frozen in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(0, 50)))
        from floor in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(-100, 0)))
        from sequence in Gen.Choose(0, 9)
        from status in Gen.Frequency(
            (12, Gen.Constant(AccountStatus.Open)),
            (1, Gen.Constant(AccountStatus.Frozen)),
            (1, Gen.Constant(AccountStatus.Closed)))
        select new Opening(balance, frozen, floor, sequence, status);

    /// <summary>One to four transfers, flattened: balanced by construction, often several legs on one account.</summary>
    private static Gen<(long, long)[]> Transfers() =>
        from count in Gen.Choose(1, 4)
        from transfers in Transfer().ArrayOf(count)
        select transfers.SelectMany(legs => legs).ToArray();

    private static Gen<(long, long)[]> Transfer() =>
        from debit in Gen.Choose(1, Accounts)
        from credit in Gen.Choose(1, Accounts)
        from amount in Gen.Choose(1, 60)
        select new[] { ((long)debit, (long)-amount), ((long)credit, (long)amount) };

    private sealed record Opening(long Balance, long Frozen, long Floor, long Sequence, AccountStatus Status);

    private sealed record History(Opening[] Accounts, (long Account, long Minor)[][] Postings)
    {
        public Books NewBooks()
        {
            var books = new Books();
            for (var i = 0; i < Accounts.Length; i++)
            {
                var (balance, frozen, floor, sequence, status) = Accounts[i];
                books.Open(i + 1, balance, frozen, floor, sequence, status);
            }

            return books;
        }
    }

    private sealed class NaiveLedger(IEnumerable<AccountState> accounts)
    {
        private readonly Dictionary<long, (long Frozen, long Floor, AccountStatus Status)> _rules =
            accounts.ToDictionary(account => account.Id, account => (account.Frozen, account.Floor, account.Status));

        private Dictionary<long, long> _balances = accounts.ToDictionary(account => account.Id, account => account.Balance);

        public IEnumerable<long> Balances => _balances.OrderBy(row => row.Key).Select(row => row.Value);

        public PostingRefusalReason? Post((long Account, long Minor)[] legs)
        {
            var tried = new Dictionary<long, long>(_balances);
            foreach (var (account, minor) in legs)
            {
                var (frozen, floor, status) = _rules[account];
                tried[account] += minor;
                if (status == AccountStatus.Frozen)
                {
                    return PostingRefusalReason.AccountFrozen;
                }

                if (status == AccountStatus.Closed)
                {
                    return PostingRefusalReason.AccountClosed;
                }

                if (minor < 0 && tried[account] - frozen < floor)
                {
                    return PostingRefusalReason.Overdraft;
                }
            }

            _balances = tried;
            return null;
        }
    }
}
