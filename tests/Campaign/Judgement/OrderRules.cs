using System.Globalization;
using System.Text.Json.Nodes;
using PaymentEngine.Channels.Simulator;

namespace PaymentEngine.Tests.Campaign.Judgement;

/// <summary>What must be true of every order at the end of a run; each rule names what is wrong, or nothing.</summary>
internal static class OrderRules
{
    /// <summary>As the demonstration's channels have it.</summary>
    private const int MaximumSends = 5;

    private static readonly HashSet<string> FinalStates = ["paid", "closed", "succeeded", "failed", "surplus"];

    public static IEnumerable<string> Faults(Case one, string profile)
    {
        if (one.Order.TradeNo is null)
        {
            return one.Order.Faults.Append("it was never acknowledged");
        }

        if (one.Trade is null)
        {
            return one.Order.Faults.Append($"it was acknowledged as {one.Order.TradeNo}, and is not there");
        }

        one.Order.Learn(one.Trade);
        return
        [
            .. one.Order.Faults,
            .. Number(one),
            .. Ends(one),
            .. NeedlesslyLeft(one, profile),
            .. FinalStaysFinal(one),
            .. Money(one),
            .. Postings(one),
            .. NotificationRules.Faults(one),
        ];
    }

    private static IEnumerable<string> Number(Case one)
    {
        if ((string)one.Trade!["trade_no"]! != one.Order.TradeNo)
        {
            yield return $"it was acknowledged as {one.Order.TradeNo}, and is {one.Trade["trade_no"]}";
        }
    }

    private static IEnumerable<string> Ends(Case one)
    {
        var open = one.Payments.Where(payment => !FinalStates.Contains((string)payment["state"]!)).ToList();
        if (one.Listed is null && (open.Count > 0 || one.State is not ("paid" or "closed")))
        {
            yield return $"it is {one.State} with {open.Count} open payments, and on no work list";
        }
    }

    /// <summary>
    /// Nobody has to look at an order that its merchant waits for and a calm bank does not know: it is sent again, unless
    /// it was sent as often as it may be, because nodes died over it or the line was full.
    /// </summary>
    private static IEnumerable<string> NeedlesslyLeft(Case one, string profile)
    {
        if (profile == "calm" && one is { Listed: not null, State: "paying" } && one.InstitutionOrders.All(order => (int)order["sends"]! < MaximumSends))
        {
            yield return $"its merchant waits for it, and it is left to people: {one.Listed}";
        }
    }

    private static IEnumerable<string> FinalStaysFinal(Case one) => one.Transitions
        .Where(step => FinalStates.Contains((string?)step["from"] ?? "") && (string?)step["from"] != (string?)step["to"])
        .Select(step => $"{step["number"]} was {step["from"]} and became {step["to"]}");

    /// <summary>A debit that the bank made twice under one number is its own fault, and it told nobody.</summary>
    private static IEnumerable<string> Money(Case one)
    {
        var doubled = one.Bank.Where(line => line.Suffered == Misbehaviour.DebitedTwice).Select(line => line.Number).ToHashSet();
        foreach (var number in one.Bank.Where(line => line.Event == JournalEvent.Executed).GroupBy(line => line.Number))
        {
            if (number.Count() > 1 && !doubled.Contains(number.Key))
            {
                yield return $"the bank executed {number.Key} {number.Count()} times";
            }
        }

        var due = one.State == "paid" ? Minor(one.Trade!["amount"]!) - one.GivenBack.Sum(refund => Minor(refund["amount"]!)) : 0;
        if (one.Listed is null && doubled.Count == 0 && !one.IsSilentContradiction && one.NetMinor != due)
        {
            yield return $"the bank took {one.NetMinor} for it, its state {one.State} says {due}, and no difference says why";
        }
    }

    /// <summary>One posting per business key: of a payment, what its kind says is booked once, and its legs are even.</summary>
    private static IEnumerable<string> Postings(Case one)
    {
        foreach (var posting in one.Entries.GroupBy(entry => (Payment: (string)entry["payment_no"]!, Kind: (string)entry["posting"]!)))
        {
            var sum = posting.Sum(entry => (string)entry["side"]! == "debit" ? -Minor(entry["amount"]!) : Minor(entry["amount"]!));
            if (sum != 0 || posting.GroupBy(entry => (string)entry["account"]!).Any(account => account.Count() > 1))
            {
                yield return $"posting {posting.Key.Kind} of {posting.Key.Payment} is there more than once, or its legs are uneven by {sum}";
            }
        }

        var payments = one.Entries.Where(entry => (string)entry["posting"]! == "payment").Select(entry => (string)entry["payment_no"]!).Distinct().Count();
        if (payments != (one.State == "paid" ? 1 : 0))
        {
            yield return $"it is {one.State}, and {payments} payments are posted for it";
        }
    }

    private static long Minor(JsonNode amount) => (long)(decimal.Parse((string)amount!, CultureInfo.InvariantCulture) * 100);
}
