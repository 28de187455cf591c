using PaymentEngine.Core.QueryBack;
using PaymentEngine.Routing.Choice;
using PaymentEngine.Routing.Conditions;

namespace PaymentEngine.Tests.Simulation;

/// <summary>Everything that the seed decides before time begins.</summary>
internal sealed class Circumstances
{
    public static readonly Currency Cny = Currency.Parse("CNY");

    /// <summary>The channel application that runs in a process of its own, when a channel has one (C16).</summary>
    public const string Apart = "apart";

    private static readonly QueryPlan[] Plans =
    [
        QueryPlan.OnlineBanking,
        QueryPlan.OnlineBanking with
        {
            FirstAge = TimeSpan.FromSeconds(20), Period = TimeSpan.FromSeconds(10), Step = TimeSpan.FromSeconds(10),
            WindowEnd = TimeSpan.FromMinutes(5), SlowPeriod = TimeSpan.FromHours(1),
        },
        QueryPlan.OnlineBanking with
        {
            FirstAge = TimeSpan.FromSeconds(15), Strategy = QueryStrategy.Fixed, Period = TimeSpan.FromSeconds(15),
            WindowEnd = TimeSpan.FromMinutes(3), SlowPeriod = TimeSpan.FromMinutes(20), LastAge = TimeSpan.FromHours(3),
        },
    ];

    public Circumstances(ulong seed, Dice dice)
    {
        Bank = new SimulatorOptions
        {
            Profile = dice.Pick("calm", "real", "real", "hell", "hell"),
            MaxLatencyMs = dice.Pick(200, 200, 2_000, 20_000),
            Seed = seed,
        };
        Trades = 1 + Math.Min(dice.Below(20), dice.Below(20));
        Nodes = 2 + dice.Below(2);
        var isRough = dice.Chance(0.7);
        ChaosEnds = TimeSpan.FromMinutes(isRough ? dice.Pick(10, 60, 180, 1_800) : 0);
        CrashRate = dice.Pick(0, 0.002, 0.02);
        SleepRate = dice.Pick(0, 0.002, 0.02);
        UnavailableRate = dice.Pick(0, 0.02, 0.2);
        LostCommitRate = dice.Pick(0, 0.02, 0.1);
        LossRate = dice.Pick(0, 0.02, 0.2);
        RefusedRate = dice.Pick(0, 0.05, 0.3);
        DoubleRate = dice.Pick(0, 0.05, 0.3);
        SlowRate = dice.Pick(0, 0.05, 0.3);
        OddPayers = dice.Pick(0, 0.2, 0.6);
        DeclinesSpeakOfTheChannel = dice.Chance(0.5);
        Directory = DirectoryOf(dice);
        Choice = RouteChoice.Derived(Directory, QuietConditions.Instance, new BusinessCalendar(TimeZoneInfo.Utc));
        ApplicationAway = dice.Chance(0.4) ? dice.Pick(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(30), TimeSpan.FromDays(50)) : TimeSpan.Zero;
    }

    public SimulatorOptions Bank { get; }

    public int Trades { get; }

    public int Nodes { get; }

    public EngineDirectory Directory { get; }

    public IChannelChoice Choice { get; }

    /// <summary>Until then network, database and nodes fail as often as the rates say; afterwards only the institution misbehaves.</summary>
    public TimeSpan ChaosEnds { get; }

    public double CrashRate { get; }

    public double SleepRate { get; }

    public double UnavailableRate { get; }

    public double LostCommitRate { get; }

    public double LossRate { get; }

    public double RefusedRate { get; }

    public double DoubleRate { get; }

    public double SlowRate { get; }

    /// <summary>The share of payers whose account asks the institution for something special.</summary>
    public double OddPayers { get; }

    /// <summary>A certain failure is the channel's own, so that another one may be tried (C14).</summary>
    public bool DeclinesSpeakOfTheChannel { get; }

    /// <summary>For how long after the start nobody runs the application; fifty days are never.</summary>
    public TimeSpan ApplicationAway { get; }

    private static EngineDirectory DirectoryOf(Dice dice)
    {
        Merchant[] merchants =
        [
            new(1, "M1", "One", RepeatMode.Continue, new FeeRule(6_000, 0, null, null), Active: true) { ReturnsFee = dice.Chance(0.5) },
            new(2, "M2", "Two", dice.Pick(RepeatMode.Continue, RepeatMode.Strict), new FeeRule(0, 100, null, null), Active: true),
        ];
        var channels = Enumerable.Range(1, 1 + dice.Below(3)).Select(number => new ChannelSettings
        {
            Id = number,
            Code = $"c{number}",
            Name = $"Channel {number}",
            Adapter = "simulator",
            Methods = [PaymentMethod.Quick, PaymentMethod.OnlineBanking, PaymentMethod.Wallet],
            Priority = 10 - number,
            Numbers = new NumberRule($"7{number}", DateStyle.FullYear, NumberAlphabet.Digits, 20, Fixed: true),
            Queries = QueryPlans.Always(dice.Pick<QueryPlan>(Plans)),
            Idempotent = dice.Chance(0.8),
            MaximumSends = dice.Pick(2, 5),
            MaximumReroutes = dice.Pick(0, 1, 2),
            Application = dice.Chance(0.25) ? Apart : ApplicationSet.Engine,
        }).ToList();
        List<Account> accounts =
        [
            new(1, "merchant-1", AccountKind.Merchant, 1, Cny, []),
            new(2, "merchant-2", AccountKind.Merchant, 2, Cny, []),
            new(3, "fees", AccountKind.FeeIncome, 0, Cny, []),
            new(4, "suspense", AccountKind.Suspense, 0, Cny, []),
            new(5, "transit", AccountKind.Transit, 0, Cny, []),
            .. channels.Select(channel => new Account(10 + channel.Id, $"receivable-{channel.Id}", AccountKind.ChannelReceivable, channel.Id, Cny, [])),
        ];
        return new EngineDirectory(merchants, channels, accounts);
    }
}
