using static PaymentEngine.Tests.Support.Ledger.LedgerStage;

namespace PaymentEngine.Tests.Support.Ledger;

/// <summary>Holds what the engine shows of bookkeepers' accounts against what they were told: nothing twice, nothing lost.</summary>
public static class BookkeepersJudge
{
    private const int PageLength = 500;

    public static async Task<IReadOnlyList<string>> FaultsAsync(LedgerClerks clerks, LedgerStage stage, IReadOnlyList<Bookkeeper> bookkeepers)
    {
        var faults = new List<string>(await stage.FaultsAsync(clerks, bookkeepers));
        await HoldsAsync(clerks, stage.Common, bookkeepers.SelectMany(bookkeeper => bookkeeper.Passing), faults);
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

        await HoldsAsync(clerks, account.Number, account.Holds, faults);
    }

    /// <summary>What was captured is spent and what was released is free, and nothing else has left a hold.</summary>
    private static async Task HoldsAsync(LedgerClerks clerks, string account, IEnumerable<HoldModel> placed, List<string> faults)
    {
        var shown = new Dictionary<string, HoldShown>();
        for (var after = ""; ;)
        {
            var page = (await clerks.ReadAsync($"accounts/{account}/holds?state=all&limit={PageLength}{after}")).Json["holds"]!.AsArray();
            foreach (var hold in page)
            {
                shown.Add((string)hold!["hold"]!, new HoldShown(Minor(hold["captured"]!), Minor(hold["released"]!), Minor(hold["left"]!)));
            }

            if (page.Count < PageLength)
            {
                break;
            }

            after = $"&after={page[^1]!["hold"]}";
        }

        var told = placed.ToDictionary(hold => hold.Number, hold => hold.InTheEnd);
        foreach (var number in shown.Keys.Union(told.Keys).Order(StringComparer.Ordinal))
        {
            if (InWords(shown, number) is var seen && InWords(told, number) is var should && seen != should)
            {
                faults.Add($"hold {number} on {account} is {seen}, and by what was told {should}");
            }
        }
    }

    private static string InWords(Dictionary<string, HoldShown> holds, string number) => holds.TryGetValue(number, out var hold) ? $"{hold}" : "not there";

    /// <summary>What was booked moved what was asked for, under the number that was told; what was refused moved nothing.</summary>
    private static async Task AdjustmentAsync(LedgerClerks clerks, AskedAdjustment adjustment, List<string> faults)
    {
        var shown = (await clerks.ReadAsync($"adjustments/{adjustment.Number}")).Json;
        var (state, captures) = ((string)shown["state"]!, shown["captures"]);
        var postings = (await clerks.ReadAsync($"postings?order={adjustment.Number}")).Json["postings"]!.AsArray();
        var numbers = postings.Select(posting => (string)posting!["posting"]!).ToList();
        var (booking, hold) = (adjustment.Booking, adjustment.Booking.Captures?.Hold.Number);
        string[] told = adjustment.Posting is { } posting ? [posting] : [];
        if (state != (adjustment.Posting is null ? "refused" : "posted") || !numbers.SequenceEqual(told))
        {
            faults.Add($"{adjustment.Number} is {state} as {string.Join(", ", numbers)}, and was told to be {(told is [var one] ? one : "refused")}");
        }
        else if ((string?)captures?["hold"] != hold || captures is not null && Minor(captures["amount"]!) != booking.Captures!.Minor)
        {
            faults.Add($"{adjustment.Number} captures {captures?.ToJsonString() ?? "nothing"}, and was asked for with {booking.Captures?.Minor} of {hold ?? "no hold"}");
        }
        else if (postings is [{ } only] && ((string?)only["hold"] != hold || !Moved(only["legs"]!.AsArray().Select(leg => new BookedLeg(
            (string)leg!["account"]!, Minor(leg["amount"]!) * ((string)leg["side"]! == "debit" ? -1 : 1)))).SequenceEqual(Moved(booking.Legs))))
        {
            faults.Add($"{adjustment.Number} was booked with other legs or another hold than it was asked for with: {only.ToJsonString()}");
        }
    }

    /// <summary>By account: what an account gathers from its sub-accounts first moves nothing.</summary>
    private static IEnumerable<BookedLeg> Moved(IEnumerable<BookedLeg> legs) => legs
        .GroupBy(leg => leg.Account)
        .Select(account => new BookedLeg(account.Key, account.Sum(leg => leg.Minor)))
        .OrderBy(leg => leg.Account, StringComparer.Ordinal);
}
