using Microsoft.Extensions.Logging.Abstractions;
using PaymentEngine.Core;
using PaymentEngine.Ledger;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Runtime.Units;
using PaymentEngine.Store;
using PaymentEngine.Store.Clock;
using PaymentEngine.Store.Numbers;
using PaymentEngine.Store.Secrets;
using PaymentEngine.Store.Seeds;
using PaymentEngine.Store.Startup;
using PaymentEngine.Store.Upkeep;

namespace PaymentEngine.Host;

/// <summary>What happens before the engine exists: the database is checked and brought up to date, the node gets its identity.</summary>
internal static class EngineStart
{
    public static async Task<PreparedNode> PrepareAsync(
        string connectionString, EngineOptions options, LedgerOptions ledger, SecretBox secrets, DemoKeys demo)
    {
        await using var database = Database.ForReads(connectionString);
        await new DurabilityCheck(database).DemandAsync(CancellationToken.None);
        await new Migrator(database, NullLogger<Migrator>.Instance).MigrateAsync(CancellationToken.None);
        await new NumberEras(database).KeepAsync(CancellationToken.None);
        var clock = new DatabaseClock(TimeProvider.System);
        await clock.SynchroniseAsync(database, CancellationToken.None);
        var calendar = new BusinessCalendar(TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone));
        await new DayKeeper(database, calendar, new LedgerCalendar(calendar, ledger.DayCutAt)).KeepAsync(clock.GetUtcNow(), CancellationToken.None);
        // First whether the key is the right one, then what is sealed under it.
        var keeper = new SecretKeeper(database, secrets);
        if (secrets.HasKey)
        {
            await keeper.ResealAsync(CancellationToken.None);
        }

        await PlantDemoAsync(new DemoSeed(database, secrets), options, demo);
        await keeper.SealAsync(CancellationToken.None);
        var id = await new NodeRegistry(database).RegisterAsync(options.NodeName, CancellationToken.None);
        return new PreparedNode(new NodeIdentity(id, options.NodeName), secrets, clock);
    }

    private static async Task PlantDemoAsync(DemoSeed seed, EngineOptions options, DemoKeys demo)
    {
        if (demo.Merchant is { } merchant)
        {
            await seed.PlantAsync(merchant, options.DemoInstitution, CancellationToken.None);
            if (options.DemoRouting)
            {
                await seed.PlantRoutingAsync(CancellationToken.None);
            }
        }

        foreach (var (key, actor) in new[] { (demo.Operator, "demo-operator"), (demo.Approver, "demo-approver") })
        {
            if (key is not null)
            {
                await seed.PlantOpsKeyAsync(key, actor, CancellationToken.None);
            }
        }

        if (demo is { Merchant: not null, Operator: not null, Approver: not null })
        {
            await seed.PlantTemplatesAsync(CancellationToken.None);
        }
    }
}

/// <summary>The keys of the demonstration; null for what it is to do without.</summary>
internal sealed record DemoKeys(string? Merchant, string? Operator, string? Approver);

/// <summary>What a node has before its engine exists; the clock has asked the database already.</summary>
internal sealed record PreparedNode(NodeIdentity Identity, SecretBox Secrets, DatabaseClock Clock);
