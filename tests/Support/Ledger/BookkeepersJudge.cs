using static PaymentEngine.Tests.Support.Ledger.LedgerStage;

namespace PaymentEngine.Tests.Support.Ledger;

/// <summary>Holds what the engine shows of bookkeepers' accounts against what they were told: nothing twice, nothing lost.</summary>
public static class BookkeepersJudge
{
    private const int PageLength = 500;

    public static async Task<IReadOnlyList<string>> FaultsAsync(LedgerClerks clerks, LedgerStage stage, IReadOnlyList<Bookkeeper> bookkeepers)
    {
        var faults = new List<string>(await stage.FaultsAsync(clerks, bookkeepers));
        foreach (var bookkeeper in bookkeepers)
        {
            faults.AddRange(bookkeeper.Faults);
            foreach (var account in bookkeeper.Accounts)
            {
                await AccountAsync(clerks, account, faults);
            }

            foreach (var adjustment in bookkeeper.Adjustments)
            {
                await AdjustmentAsync(clerks, adjustment, faults);
            }
        }

        return faults;
    }

    private static async Task AccountAsync(LedgerClerks clerks, AccountModel account, List<string> faults)
    {
        var shown = (await clerks.ReadAsync($"accounts/{account.Number}")).Json;
        var (balance, frozen, line) = (Minor(shown["balance"]!), Minor(shown["frozen"]!), Minor(shown["credit_line"]!));
        if ((balance, frozen, line, (string)shown["status"]!) != (account.Balance, account.Held, account.CreditLine, "open"))
        {
            faults.Add($"{account.Number} has {balance}, {frozen} of it held, and may go {line} below zero ({shown["status"]}); "
                + $"by what was told it has {account.Balance}, {account.Held} held, line {account.CreditLine}");
        }

        var holds = new Dictionary<string, long>();
        for (var after = ""; ;)
        {
            var page = (await clerks.ReadAsync($"accounts/{account.Number}/holds?state=all&limit={PageLength}{after}")).Json["holds"]!.AsArray();
            foreach (var hold in page)
            {
                holds.Add((string)hold!["hold"]!, Minor(hold["left"]!));
            }

            if (page.Count < PageLength)
            {
                break;
            }

            after = $"&after={page[^1]!["hold"]}";
        }

        if (!holds.OrderBy(hold => hold.Key, StringComparer.Ordinal).SequenceEqual(account.Left.OrderBy(hold => hold.Key, StringComparer.Ordinal)))
        {
            faults.Add($"the holds of {account.Number} are {string.Join(", ", holds)}, and by what was told {string.Join(", ", account.Left)}");
        }
    }

    /// <summary>What was booked moved what was asked for, under the number that was told; what was refused moved nothing.</summary>
    private static async Task AdjustmentAsync(LedgerClerks clerks, AskedAdjustment adjustment, List<string> faults)
    {
        var state = (string)(await clerks.ReadAsync($"adjustments/{adjustment.Number}")).Json["state"]!;
        var postings = (await clerks.ReadAsync($"postings?order={adjustment.Number}")).Json["postings"]!.AsArray();
        var numbers = postings.Select(posting => (string)posting!["posting"]!).ToList();
        string[] told = adjustment.Posting is { } posting ? [posting] : [];
        if (state != (adjustment.Posting is null ? "refused" : "posted") || !numbers.SequenceEqual(told))
        {
            faults.Add($"{adjustment.Number} is {state} as {string.Join(", ", numbers)}, and was told to be {(told is [var one] ? one : "refused")}");
        }
        else if (postings is [{ } only] && !Moved(only["legs"]!.AsArray().Select(leg => new BookedLeg(
            (string)leg!["account"]!, Minor(leg["amount"]!) * ((string)leg["side"]! == "debit" ? -1 : 1)))).SequenceEqual(Moved(adjustment.Legs)))
        {
            faults.Add($"{adjustment.Number} was booked with other legs than it was asked for with: {only.ToJsonString()}");
        }
    }

    /// <summary>By account: what an account gathers from its sub-accounts first moves nothing.</summary>
    private static IEnumerable<BookedLeg> Moved(IEnumerable<BookedLeg> legs) => legs
        .GroupBy(leg => leg.Account)
        .Select(account => new BookedLeg(account.Key, account.Sum(leg => leg.Minor)))
        .OrderBy(leg => leg.Account, StringComparer.Ordinal);
}
