using System.Text.Json.Nodes;
using PaymentEngine.Tests.Support.Merchants;
using static PaymentEngine.Tests.Support.Ledger.LedgerStage;

namespace PaymentEngine.Tests.Support.Ledger;

/// <summary>
/// Books by hand whatever comes to his mind, from a seed: transfers, reversals, holds and their release, modes of accounts,
/// credit lines, a freeze for a moment. Two accounts are his alone, so he knows beforehand what the ledger must answer about
/// them; about those where he meets others he writes down what it answered. See <see cref="BookkeepersJudge"/>.
/// </summary>
/// <param name="clerks">Who ask for him.</param>
/// <param name="stage">Where he meets others.</param>
/// <param name="name">Begins his accounts and keys.</param>
/// <param name="seed">What he does follows from it, and from what he is answered.</param>
/// <param name="isPrudent">He asks for nothing that could be refused.</param>
public sealed class Bookkeeper(LedgerClerks clerks, LedgerStage stage, string name, int seed, bool isPrudent)
{
    private const string Booked = "booked";
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

    /// <summary>Holds on the common account, which go by themselves.</summary>
    public List<string> Passing { get; } = [];

    internal string Name => name;

    internal List<AskedAdjustment> Adjustments { get; } = [];

    internal List<AccountModel> Accounts { get; } = [new($"{name}-1"), new($"{name}-2")];

    public async Task OpenAsync()
    {
        foreach (var account in Accounts)
        {
            await OpenMemberAsync(clerks, account.Number);
            await BookAsync([new(stage.Funds, -Pocket), new(account.Number, Pocket)], reverses: null);
        }
    }

    public Task StepAsync() => _random.Next(isPrudent ? 9 : 13) switch
    {
        0 => PlaceAsync(),
        1 or 2 => ReleaseAsync(),
        3 => ReverseAsync(),
        4 => ChangeModeAsync(),
        < 9 => TransferAsync(),
        9 => PlacePassingAsync(),
        10 => FreezeForAMomentAsync(),
        11 => ChangeCreditLineAsync(),
        _ => TakeFromTheCommonAsync(),
    };

    private Task TransferAsync()
    {
        var from = Mine();
        if (from.Available <= MostLegs)
        {
            return BookAsync([new(stage.Funds, -Pocket), new(from.Number, Pocket)], reverses: null);
        }

        string[] places = [.. Accounts.Where(account => account != from).Select(account => account.Number), stage.Sink, stage.Common];
        _random.Shuffle(places);
        var legs = places[.._random.Next(1, MostLegs + 1)].Select(place => new BookedLeg(place, Part(from.Available / MostLegs))).ToList();
        legs.Insert(_random.Next(legs.Count + 1), new BookedLeg(from.Number, -legs.Sum(leg => leg.Minor)));
        return BookAsync(legs, reverses: null);
    }

    private Task TakeFromTheCommonAsync()
    {
        var amount = Part(Pocket);
        return BookAsync([new(stage.Common, -amount), new(Mine().Number, amount)], reverses: null);
    }

    private async Task ReverseAsync()
    {
        if (_reversible.Count == 0)
        {
            return;
        }

        var reversed = _reversible[_random.Next(_reversible.Count)];
        BookedLeg[] turned = [.. reversed.Legs.Select(leg => leg with { Minor = -leg.Minor })];
        if (!isPrudent || Expected(turned) == Booked && turned.All(leg => leg.Minor > 0 || MineOf(leg) is not null))
        {
            await BookAsync(turned, reversed.Posting);
        }
    }

    /// <summary>One asks, the other agrees, until it is booked or the ledger has refused it; then the other refuses it too.</summary>
    private async Task BookAsync(IReadOnlyList<BookedLeg> legs, string? reverses)
    {
        var expected = Expected(legs);
        var (key, body) = (NextKey("adjust"), reverses is null ? Body(legs) : $$"""{"reason":"taken back","reverses":"{{reverses}}"}""");
        var asked = Demand(await clerks.AskAsync("adjustments", key, body), 201);
        var (number, approval) = ((string)asked.Json["adjustment"]!, ApprovalOf(asked));
        await AgainAsync("adjustments", key, body, 201, again => (string)again["adjustment"]! == number);
        var said = await ApprovedAsync(number, approval);
        if (said.Status != 200)
        {
            Compare(expected, said.Code, $"adjustment {number}");
            Demand(await clerks.DecideAsync($"adjustments/{number}/refuse", """{"remark":"the ledger says no"}"""), 200);
            Adjustments.Add(new AskedAdjustment(number, Posting: null, legs));
            return;
        }

        Compare(expected, Booked, $"adjustment {number}");
        var booked = new AskedAdjustment(number, (string)said.Json["posting"]!, legs);
        if (Sometimes() && (string?)(await ApprovedAsync(number, approval)).Json["posting"] != booked.Posting)
        {
            Faults.Add($"adjustment {number} was booked as {booked.Posting}, and again as something else");
        }

        Adjustments.Add(booked);
        if (reverses is null)
        {
            _reversible.Add(booked);
        }
        else
        {
            _reversible.RemoveAll(one => one.Posting == reverses);
        }

        foreach (var leg in legs)
        {
            Move(leg);
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

    private static string ApprovalOf(MerchantAnswer asked) => $$"""{"content_hash":"{{(string)asked.Json["content_hash"]!}}"}""";

    /// <summary>The ledger's last word: booked, or refused.</summary>
    private async Task<MerchantAnswer> ApprovedAsync(string number, string approval)
    {
        while (true)
        {
            var said = await clerks.DecideAsync($"adjustments/{number}/approve", approval);
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

    private async Task PlaceAsync()
    {
        var account = Mine();
        if (isPrudent && account.Available <= 1)
        {
            return;
        }

        var amount = Part(account.Available / 2);
        var expected = account.IsFrozen ? Frozen : amount > account.Available ? Overdrawn : Booked;
        if (await HoldAsync(account.Number, amount, expires: "", expected) is { } hold)
        {
            account.Holds.Add((hold, amount));
            account.Left.Add(hold, amount);
        }
    }

    private async Task PlacePassingAsync()
    {
        var expires = DateTimeOffset.UtcNow.AddMilliseconds(_random.Next(500, 4_000));
        if (await HoldAsync(stage.Common, Part(200), $",\"expires_at\":\"{expires:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\"", expected: null) is { } hold)
        {
            Passing.Add(hold);
        }
    }

    /// <summary>Null when it was refused.</summary>
    private async Task<string?> HoldAsync(string account, long amount, string expires, string? expected)
    {
        var (path, key) = ($"accounts/{account}/holds", NextKey("hold"));
        var body = $$"""{"amount":{{Amount(amount)}},"reason":"promised"{{expires}}}""";
        var answer = await clerks.AskAsync(path, key, body);
        if (answer.Status == 400 && expires.Length > 0)
        {
            // Nobody could take it until its time was over.
            return null;
        }

        Compare(expected, answer.Status == 201 ? Booked : answer.Code, $"hold {key} of {amount}");
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
        var account = Mine();
        if (account.Holds.Count == 0)
        {
            return;
        }

        var at = _random.Next(account.Holds.Count);
        var (hold, left) = account.Holds[at];
        var amount = Part(left);
        var done = await ByTwoAsync(
            "release", amount > left ? "hold_exceeded" : Booked, $$"""{"what":"release_hold","hold":"{{hold}}","amount":{{Amount(amount)}},"reason":"kept"}""");
        if (done is null)
        {
            return;
        }

        account.Holds[at] = (hold, account.Left[hold] = left - amount);
        account.Holds.RemoveAll(one => one.Left == 0);
        if (Minor(done["left_after"]!) != left - amount)
        {
            Faults.Add($"{name}: {amount} of {left} of {hold} was let go, and {done["left_after"]} is left");
        }
    }

    /// <summary>One asks, the other agrees until it is done. Null when whoever asked was refused.</summary>
    private async Task<JsonNode?> ByTwoAsync(string what, string expected, string change)
    {
        var key = NextKey(what);
        var asked = await clerks.AskAsync("changes", key, change);
        Compare(expected, asked.Status == 201 ? Booked : asked.Code, $"{what} {key}");
        if (asked.Status != 201)
        {
            return null;
        }

        var number = (string)asked.Json["change"]!;
        await AgainAsync("changes", key, change, 201, again => (string)again["change"]! == number);
        return await AgreedAsync($"changes/{number}/approve", asked, "applied");
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
        await BookAsync([new(account.Number, -1), new(stage.Sink, 1)], reverses: null);
        await BookAsync([new(stage.Funds, -1), new(account.Number, 1)], reverses: null);
        await ByTwoAsync("unfreeze", Booked, $$"""{"what":"unfreeze","account":"{{account.Number}}","reason":"the moment is over"}""");
        account.IsFrozen = false;
    }

    /// <summary>Two enlarge it, one lowers it. That a lower one is refused though it fits can be: it is of the account's own row, which may owe its sub-accounts.</summary>
    private async Task ChangeCreditLineAsync()
    {
        var (account, line) = (Mine(), _random.Next(3) * 1_000L);
        if (line > account.CreditLine)
        {
            await ByTwoAsync("line", Booked, $$"""{"what":"credit_line","account":"{{account.Number}}","credit_line":{{Amount(line)}},"reason":"as agreed"}""");
        }
        else if (await clerks.SetAsync($"accounts/{account.Number}/credit-line", $$"""{"credit_line":{{Amount(line)}},"reason":"as agreed"}""") is { Status: not 200 } answer)
        {
            Compare("credit_in_use", answer.Code, $"the credit line of {account.Number}");
            return;
        }

        account.CreditLine = line;
        if (account.Available < 0)
        {
            Faults.Add($"account {account.Number} may go {line} below zero, and has {account.Balance} with {account.Held} of it held");
        }
    }

    /// <summary>What the ledger must say; null when that depends on what others do.</summary>
    private string? Expected(IReadOnlyList<BookedLeg> legs)
    {
        var mine = legs.Where(leg => MineOf(leg) is not null).ToList();
        return mine.Exists(leg => MineOf(leg)!.IsFrozen) ? Frozen
            : legs.Any(leg => leg.Account == stage.Common && leg.Minor < 0) ? null
            : mine.Exists(leg => leg.Minor < 0 && MineOf(leg)!.Available < -leg.Minor) ? Overdrawn
            : Booked;
    }

    private void Compare(string? expected, string answered, string what)
    {
        if (expected is null ? answered is not (Booked or Overdrawn) : expected != answered)
        {
            Faults.Add($"{name}: {what} was answered with {answered}, and {expected ?? "booked or overdraft"} was expected");
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

    private static string Body(IReadOnlyList<BookedLeg> legs) =>
        $$"""{"reason":"by hand","legs":[{{string.Join(',', legs.Select(leg => $$"""{"account":"{{leg.Account}}","side":"{{(leg.Minor < 0 ? "debit" : "credit")}}","amount":{{Amount(Math.Abs(leg.Minor))}}}"""))}}]}""";

    /// <summary>Of what is there; whoever is not prudent asks for too much now and then.</summary>
    private long Part(long most) => _random.NextInt64(1, Math.Max(most, 1) + 1) * (!isPrudent && _random.Next(6) == 0 ? 5 : 1);

    private bool Sometimes() => _random.Next(5) == 0;

    private AccountModel Mine() => Accounts[_random.Next(Accounts.Count)];

    private AccountModel? MineOf(BookedLeg leg) => Accounts.Find(account => account.Number == leg.Account);

    private string NextKey(string what) => $"{name}-{what}-{++_asked}";
}
