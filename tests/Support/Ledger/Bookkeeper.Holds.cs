using PaymentEngine.Tests.Support.Merchants;
using static PaymentEngine.Tests.Support.Ledger.LedgerStage;

namespace PaymentEngine.Tests.Support.Ledger;

/// <content>What he holds: released, captured in parts or whole, or gone by itself.</content>
public sealed partial class Bookkeeper
{
    private const string Exceeded = "hold_exceeded";
    private const string NotSpent = "hold_not_spent";

    /// <summary>On the common account, where they go by themselves.</summary>
    internal List<HoldModel> Passing { get; } = [];

    private async Task PlaceAsync()
    {
        var account = Mine();
        if (isPrudent && account.Available <= 1)
        {
            return;
        }

        var amount = Part(account.Available / 2);
        string[] expected = account.IsFrozen ? [Frozen] : amount > account.Available ? [Overdrawn] : [Done];
        if (await HoldAsync(account.Number, amount, expires: "", expected) is { } hold)
        {
            account.Holds.Add(new HoldModel(hold, account.Number, amount));
        }
    }

    private async Task PlacePassingAsync()
    {
        var (amount, expires) = (Part(200), DateTimeOffset.UtcNow.AddMilliseconds(_random.Next(500, 4_000)));
        if (await HoldAsync(stage.Common, amount, $",\"expires_at\":\"{expires:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\"", [Done, Overdrawn]) is { } hold)
        {
            Passing.Add(new HoldModel(hold, stage.Common, amount, passes: true));
        }
    }

    /// <summary>Null when it was refused.</summary>
    private async Task<string?> HoldAsync(string account, long amount, string expires, string[] expected)
    {
        var (path, key) = ($"accounts/{account}/holds", NextKey("hold"));
        var body = $$"""{"amount":{{Amount(amount)}},"reason":"promised"{{expires}}}""";
        var answer = await clerks.AskAsync(path, key, body);
        if (answer.Status == 400 && expires.Length > 0)
        {
            // Nobody could take it until its time was over.
            return null;
        }

        Compare(expected, answer.Status == 201 ? Done : answer.Code, $"hold {key} of {amount}");
        if (answer.Status != 201)
        {
            return null;
        }

        var hold = (string)answer.Json["hold"]!;
        await AgainAsync(path, key, body, 201, again => (string)again["hold"]! == hold);
        return hold;
    }

    private async Task ReleaseAsync()
    {
        if (OpenHoldOf(Mine()) is not { } hold)
        {
            return;
        }

        var (left, amount) = (hold.Left, Part(hold.Left));
        var done = await ByTwoAsync(
            "release", amount > left ? Exceeded : Done, $$"""{"what":"release_hold","hold":"{{hold.Number}}","amount":{{Amount(amount)}},"reason":"kept"}""");
        if (done is null)
        {
            return;
        }

        hold.Released += amount;
        if (Minor(done["left_after"]!) != hold.Left)
        {
            Faults.Add($"{name}: {amount} of {left} of {hold.Number} was let go, and {done["left_after"]} is left");
        }
    }

    /// <summary>A part or what is left, by legs that take it and sometimes more; whoever is not prudent takes less now and then.</summary>
    private async Task CaptureAsync()
    {
        var account = Mine();
        if (OpenHoldOf(account) is not { } hold)
        {
            return;
        }

        var amount = _random.Next(2) == 0 ? hold.Left : Part(hold.Left);
        var more = Sometimes() && account.Available > 0 ? Part(account.Available)
            : !isPrudent && amount > 1 && Sometimes() ? -1
            : 0;
        await BookAsync(Taking(hold, amount, more));
    }

    /// <summary>Both are booked when enough is left for both, and otherwise either of them.</summary>
    private async Task CaptureTwiceAtOnceAsync()
    {
        if (OpenHoldOf(Mine()) is not { Left: > 1 } hold)
        {
            return;
        }

        var first = Fit(hold.Left - 1);
        Booking[] both = [Taking(hold, first), Taking(hold, Fit(isPrudent ? hold.Left - first : hold.Left))];
        if (await AskAsync(both[0]) is not { } one || await AskAsync(both[1]) is not { } other)
        {
            return;
        }

        var said = await Task.WhenAll(ApprovedAsync(one), ApprovedAsync(other));
        foreach (var (booking, asked, answer) in both.Zip([one, other], said).OrderBy(each => each.Third.Status))
        {
            await NoteAsync(booking, asked, answer);
        }
    }

    /// <summary>Its end may come before, in between, and after.</summary>
    private async Task CapturePassingAsync()
    {
        if (Passing.LastOrDefault(hold => hold.Left > 0) is { } hold)
        {
            await BookAsync(Taking(hold, Part(hold.Left)));
        }
    }

    private Booking Taking(HoldModel hold, long amount, long more = 0) =>
        new(Spent(hold.Account, amount + more)) { Captures = new Capture(hold, amount) };

    /// <summary>What cannot be captured is not even asked for.</summary>
    private static string[] ExpectedOfAsking(Booking booking) => booking.Captures switch
    {
        null => [Done],
        var capture when capture.Minor > capture.Hold.Left => [Exceeded],
        var capture when booking.TakenFrom(capture.Hold.Account) < capture.Minor => [NotSpent],
        { Hold.Passes: true } => [Done, Exceeded],
        _ => [Done],
    };

    private static string Unfit(MerchantAnswer refused) =>
        refused.Code == "adjustment_unfit" ? (string)refused.Json["errors"]![0]!["code"]! : refused.Code;

    /// <summary>Without an amount it is what is left, of which he does not know when it passes.</summary>
    private string Capturing(Booking booking) => booking.Captures is not { } capture ? ""
        : !capture.Hold.Passes && capture.Minor == capture.Hold.Left && _random.Next(2) == 0 ? $$""","captures":{"hold":"{{capture.Hold.Number}}"}"""
        : $$""","captures":{"hold":"{{capture.Hold.Number}}","amount":{{Amount(capture.Minor)}}}""";

    private HoldModel? OpenHoldOf(AccountModel account) =>
        account.Holds.FindAll(hold => hold.Left > 0) is { Count: > 0 } open ? open[_random.Next(open.Count)] : null;
}
