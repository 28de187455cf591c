using static PaymentEngine.Tests.Support.Ledger.LedgerStage;

namespace PaymentEngine.Tests.Support.Ledger;

/// <summary>
/// Books by hand whatever comes to his mind, from a seed: transfers, reversals, holds, their release and capture, modes of
/// accounts, credit lines, a freeze for a moment. Two accounts are his alone, so he knows beforehand what the ledger must
/// answer about them; about those where he meets others he writes down what it answered. See <see cref="BookkeepersJudge"/>.
/// </summary>
/// <param name="clerks">Who ask for him.</param>
/// <param name="stage">Where he meets others.</param>
/// <param name="name">Begins his accounts and keys.</param>
/// <param name="seed">What he does follows from it, and from what he is answered.</param>
/// <param name="isPrudent">He asks for nothing that could be refused.</param>
public sealed partial class Bookkeeper(LedgerClerks clerks, LedgerStage stage, string name, int seed, bool isPrudent)
{
    private const string Done = "booked";
    private const string Overdrawn = "overdraft";
    private const string Frozen = "account_frozen";

    private const int MostLegs = 3;
    private const long Pocket = 50_000;

    private static readonly string[] Modes = ["real_time", "buffered", "sharded"];

    private readonly Random _random = new(seed);
    private readonly List<AskedAdjustment> _reversible = [];
    private int _asked;

    /// <summary>What he was told that contradicts what he had been told before.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>What he has moved on accounts that are not his alone.</summary>
    public Dictionary<string, long> Elsewhere { get; } = [];

    /// <summary>How many adjustments of his were booked.</summary>
    public int Booked => Adjustments.Count(adjustment => adjustment.Posting is not null);

    /// <summary>How many of those have taken something out of a hold.</summary>
    public int Captured => Adjustments.Count(adjustment => adjustment is { Posting: not null, Booking.Captures: not null });

    internal List<AskedAdjustment> Adjustments { get; } = [];

    internal List<AccountModel> Accounts { get; } = [new($"{name}-1"), new($"{name}-2")];

    public async Task OpenAsync()
    {
        foreach (var account in Accounts)
        {
            await OpenMemberAsync(clerks, account.Number);
            await FillAsync(account);
        }
    }

    public Task StepAsync() => _random.Next(isPrudent ? 13 : 19) switch
    {
        < 2 => PlaceAsync(),
        < 4 => ReleaseAsync(),
        < 6 => CaptureAsync(),
        6 => CaptureTwiceAtOnceAsync(),
        7 => ReverseAsync(),
        8 => ChangeModeAsync(),
        < 13 => TransferAsync(),
        13 => PlacePassingAsync(),
        14 => CapturePassingAsync(),
        15 => FreezeForAMomentAsync(),
        16 => ChangeCreditLineAsync(),
        _ => TakeFromTheCommonAsync(),
    };

    private Task FillAsync(AccountModel account) => BookAsync(new Booking([new(stage.Funds, -Pocket), new(account.Number, Pocket)]));

    private Task TransferAsync()
    {
        var from = Mine();
        return from.Available <= MostLegs ? FillAsync(from) : BookAsync(new Booking(Spent(from.Number, Part(from.Available))));
    }

    private Task TakeFromTheCommonAsync()
    {
        var amount = Part(Pocket);
        return BookAsync(new Booking([new(stage.Common, -amount), new(Mine().Number, amount)]));
    }

    private async Task ReverseAsync()
    {
        if (_reversible.Count == 0)
        {
            return;
        }

        var reversed = _reversible[_random.Next(_reversible.Count)];
        var turned = new Booking([.. reversed.Booking.Legs.Select(leg => leg with { Minor = -leg.Minor })]) { Reverses = reversed.Posting };
        if (!isPrudent || Expected(turned) is [Done] && turned.Legs.All(leg => leg.Minor > 0 || MineOf(leg) is not null))
        {
            await BookAsync(turned);
        }
    }

    private async Task ChangeModeAsync() => Demand(
        await clerks.AskAsync(
            $"accounts/{Mine().Number}/mode", NextKey("mode"), $$"""{"mode":"{{Modes[_random.Next(Modes.Length)]}}","shards":4,"buffer_agreed":true}"""),
        200);

    /// <summary>Whatever is asked of it meanwhile is refused.</summary>
    private async Task FreezeForAMomentAsync()
    {
        var account = Mine();
        Demand(await clerks.AskAsync($"accounts/{account.Number}/freeze", NextKey("freeze"), """{"reason":"for a moment"}"""), 200);
        account.IsFrozen = true;
        await BookAsync(new Booking([new(account.Number, -1), new(stage.Sink, 1)]));
        await BookAsync(new Booking([new(stage.Funds, -1), new(account.Number, 1)]));
        if (OpenHoldOf(account) is { } hold)
        {
            await BookAsync(Taking(hold, hold.Left));
        }

        await ByTwoAsync("unfreeze", Done, $$"""{"what":"unfreeze","account":"{{account.Number}}","reason":"the moment is over"}""");
        account.IsFrozen = false;
    }

    /// <summary>Two enlarge it, one lowers it, as far as the whole account covers it.</summary>
    private async Task ChangeCreditLineAsync()
    {
        var (account, line) = (Mine(), _random.Next(3) * 1_000L);
        if (line > account.CreditLine)
        {
            await ByTwoAsync("line", Done, $$"""{"what":"credit_line","account":"{{account.Number}}","credit_line":{{Amount(line)}},"reason":"as agreed"}""");
        }
        else if (await clerks.SetAsync($"accounts/{account.Number}/credit-line", $$"""{"credit_line":{{Amount(line)}},"reason":"as agreed"}""") is { Status: not 200 } answer)
        {
            Compare([account.Balance - account.Held + line < 0 ? "credit_in_use" : Done], answer.Code, $"the credit line of {account.Number}");
            return;
        }

        account.CreditLine = line;
        if (account.Available < 0)
        {
            Faults.Add($"account {account.Number} may go {line} below zero, and has {account.Balance} with {account.Held} of it held");
        }
    }

    /// <summary>So much leaves an account, for one place or for several.</summary>
    private List<BookedLeg> Spent(string from, long total)
    {
        string[] places = [.. Accounts.Select(account => account.Number), stage.Sink, stage.Common];
        places = [.. places.Where(place => place != from)];
        _random.Shuffle(places);
        var count = Math.Min(_random.Next(1, MostLegs + 1), total);
        var legs = places[..(int)count].Select((place, at) => new BookedLeg(place, (total / count) + (at == 0 ? total % count : 0))).ToList();
        legs.Insert(_random.Next(legs.Count + 1), new BookedLeg(from, -total));
        return legs;
    }

    /// <summary>Of what is there; whoever is not prudent asks for too much now and then.</summary>
    private long Part(long most) => Fit(most) * (!isPrudent && _random.Next(6) == 0 ? 5 : 1);

    private long Fit(long most) => _random.NextInt64(1, Math.Max(most, 1) + 1);

    private bool Sometimes() => _random.Next(5) == 0;

    private AccountModel Mine() => Accounts[_random.Next(Accounts.Count)];

    private AccountModel? MineOf(BookedLeg leg) => Accounts.Find(account => account.Number == leg.Account);

    private string NextKey(string what) => $"{name}-{what}-{++_asked}";
}
