using System.Text.Json.Nodes;
using PaymentEngine.Tests.Support.Merchants;
using static PaymentEngine.Tests.Support.Ledger.LedgerStage;

namespace PaymentEngine.Tests.Support.Ledger;

/// <content>How he asks, has another agree, and holds what is answered against what it must be.</content>
public sealed partial class Bookkeeper
{
    /// <summary>One asks, the other agrees, until it is booked or the ledger has refused it; then the other refuses it too.</summary>
    private async Task BookAsync(Booking booking)
    {
        if (await AskAsync(booking) is { } asked)
        {
            await NoteAsync(booking, asked, await ApprovedAsync(asked));
        }
    }

    /// <summary>Null when it cannot even be asked for.</summary>
    private async Task<MerchantAnswer?> AskAsync(Booking booking)
    {
        var (key, body) = (NextKey("adjust"), Body(booking));
        var asked = await clerks.AskAsync("adjustments", key, body);
        Compare(ExpectedOfAsking(booking), asked.Status == 201 ? Done : Unfit(asked), $"{key}, {body}");
        if (asked.Status != 201)
        {
            return null;
        }

        await AgainAsync("adjustments", key, body, 201, again => NumberOf(again) == NumberOf(asked.Json));
        return asked;
    }

    private async Task NoteAsync(Booking booking, MerchantAnswer asked, MerchantAnswer said)
    {
        var number = NumberOf(asked.Json);
        Compare(Expected(booking), said.Status == 200 ? Done : said.Code, $"adjustment {number}");
        if (said.Status != 200)
        {
            Demand(await clerks.DecideAsync($"adjustments/{number}/refuse", """{"remark":"the ledger says no"}"""), 200);
            Adjustments.Add(new AskedAdjustment(number, Posting: null, booking));
            return;
        }

        var booked = new AskedAdjustment(number, (string)said.Json["posting"]!, booking);
        if (Sometimes() && (string?)(await ApprovedAsync(asked)).Json["posting"] != booked.Posting)
        {
            Faults.Add($"adjustment {number} was booked as {booked.Posting}, and again as something else");
        }

        Adjustments.Add(booked);
        if (booking.Reverses is null)
        {
            _reversible.Add(booked);
        }
        else
        {
            _reversible.RemoveAll(one => one.Posting == booking.Reverses);
        }

        foreach (var leg in booking.Legs)
        {
            Move(leg);
        }

        if (booking.Captures is { } capture)
        {
            capture.Hold.Captured += capture.Minor;
        }
    }

    /// <summary>What was agreed to and could not be done at once is done by whoever sees it next.</summary>
    private async Task<JsonNode> AgreedAsync(string path, MerchantAnswer asked, string end)
    {
        while (true)
        {
            var said = Demand(await clerks.DecideAsync(path, ApprovalOf(asked)), 200).Json;
            if ((string)said["state"]! == end)
            {
                return said;
            }

            await Task.Delay(50);
        }
    }

    /// <summary>The ledger's last word: booked, or refused.</summary>
    private async Task<MerchantAnswer> ApprovedAsync(MerchantAnswer asked)
    {
        while (true)
        {
            var said = await clerks.DecideAsync($"adjustments/{NumberOf(asked.Json)}/approve", ApprovalOf(asked));
            if (said.Status == 409)
            {
                return said;
            }

            if ((string)Demand(said, 200).Json["state"]! == "posted")
            {
                return said;
            }

            await Task.Delay(50);
        }
    }

    /// <summary>One asks, the other agrees until it is done. Null when whoever asked was refused.</summary>
    private async Task<JsonNode?> ByTwoAsync(string what, string expected, string change)
    {
        var key = NextKey(what);
        var asked = await clerks.AskAsync("changes", key, change);
        Compare([expected], asked.Status == 201 ? Done : asked.Code, $"{what} {key}");
        if (asked.Status != 201)
        {
            return null;
        }

        var number = (string)asked.Json["change"]!;
        await AgainAsync("changes", key, change, 201, again => (string)again["change"]! == number);
        return await AgreedAsync($"changes/{number}/approve", asked, "applied");
    }

    /// <summary>What the ledger may say to what was agreed to.</summary>
    private string[] Expected(Booking booking)
    {
        var mine = booking.Legs.Where(leg => MineOf(leg) is not null).ToList();
        return mine.Exists(leg => MineOf(leg)!.IsFrozen) ? [Frozen]
            : booking.Captures is { } capture && capture.Minor > capture.Hold.Left ? [Exceeded]
            : booking.Captures is { Hold.Passes: true } ? [Done, Exceeded]
            : booking.Legs.Any(leg => leg.Account == stage.Common && leg.Minor < 0) ? [Done, Overdrawn]
            : mine.Exists(leg => leg.Minor < 0 && MineOf(leg)!.Available + booking.FreedOn(leg.Account) < -leg.Minor) ? [Overdrawn]
            : [Done];
    }

    private void Compare(string[] expected, string answered, string what)
    {
        if (!expected.Contains(answered))
        {
            Faults.Add($"{name}: {what} was answered with {answered}, and {string.Join(" or ", expected)} was expected");
        }
    }

    /// <summary>One in five asks once more under his key, and must be told the same.</summary>
    private async Task AgainAsync(string path, string key, string body, int status, Func<JsonNode, bool> isSame)
    {
        if (Sometimes() && await clerks.AskAsync(path, key, body) is var again && (again.Status != status || !isSame(again.Json)))
        {
            Faults.Add($"{name}: {key} was asked for again, and the answer was {again}");
        }
    }

    private void Move(BookedLeg leg)
    {
        if (MineOf(leg) is { } account)
        {
            account.Balance += leg.Minor;
        }
        else
        {
            Elsewhere[leg.Account] = Elsewhere.GetValueOrDefault(leg.Account) + leg.Minor;
        }
    }

    private static string NumberOf(JsonNode adjustment) => (string)adjustment["adjustment"]!;

    private static string ApprovalOf(MerchantAnswer asked) => $$"""{"content_hash":"{{(string)asked.Json["content_hash"]!}}"}""";

    private string Body(Booking booking) => booking.Reverses is { } reversed
        ? $$"""{"reason":"taken back","reverses":"{{reversed}}"}"""
        : $$"""{"reason":"by hand"{{Capturing(booking)}},"legs":[{{string.Join(',', booking.Legs.Select(Written))}}]}""";

    private static string Written(BookedLeg leg) =>
        $$"""{"account":"{{leg.Account}}","side":"{{(leg.Minor < 0 ? "debit" : "credit")}}","amount":{{Amount(Math.Abs(leg.Minor))}}}""";
}
