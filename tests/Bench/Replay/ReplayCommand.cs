using System.Diagnostics;
using Npgsql;
using PaymentEngine.Bench.Cluster;
using PaymentEngine.Bench.Machine;
using PaymentEngine.Core;
using PaymentEngine.Host;
using PaymentEngine.Routing.Conditions;
using PaymentEngine.Routing.Replay;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Store.Routing;
using PaymentEngine.Store.Secrets;

namespace PaymentEngine.Bench.Replay;

/// <summary>`./bench replay`: how long a draft takes that is run against payments of a day which the database holds.</summary>
internal static class ReplayCommand
{
    public const string Usage = """
        ./bench replay [options]
          --payments N      payments that the day has (400000)
          --replayed N      of these are replayed, evenly spread (100000)
        """;

    private const string Database = "bench_replay";

    private static readonly DateOnly Day = new(2026, 11, 19);

    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellation)
    {
        var (payments, replayed) = (400_000, 100_000);
        foreach (var (name, value) in OptionWords.Pairs(arguments))
        {
            switch (name)
            {
                case "--payments": payments = OptionWords.Positive(value); break;
                case "--replayed": replayed = OptionWords.Positive(value); break;
                default: throw new FormatException($"unknown option {name}");
            }
        }

        var cluster = PostgresCluster.FromEnvironment();
        await using (var made = await cluster.CreateDatabaseAsync(Database, cancellation))
        {
            var secrets = new SecretBox(new byte[SecretBox.KeyBytes]);
            await EngineStart.PrepareAsync(cluster.ConnectionStringOf(Database), new EngineOptions(), new LedgerOptions(), secrets, new DemoKeys("bench", null, null));
            await FillAsync(made, payments, cancellation);
            await MeasureAsync(cluster.ConnectionStringOf(Database), replayed, cancellation);
        }

        await cluster.DropDatabaseAsync(Database, cancellation);
        return 0;
    }

    private static BusinessCalendar Calendar { get; } = new(TimeZoneInfo.FindSystemTimeZoneById(new EngineOptions().TimeZone));

    private static async Task FillAsync(NpgsqlDataSource database, int payments, CancellationToken cancellation)
    {
        await Console.Error.WriteLineAsync($"making a day of {payments} payments");
        await using var day = database.CreateCommand("select ensure_order_day($1)");
        day.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = Day });
        await day.ExecuteNonQueryAsync(cancellation);
        await database.ExecuteAsync("past-payments", [payments, Day], cancellation);
    }

    private static async Task MeasureAsync(string connectionString, int replayed, CancellationToken cancellation)
    {
        await using var reads = PaymentEngine.Store.Database.ForReads(connectionString);
        var past = new PastTransactions(reads, Calendar);
        var midnight = Calendar.MomentOf(Day, TimeOnly.MinValue);
        var range = new PastRange(midnight, midnight.AddDays(2), replayed);
        var reading = Stopwatch.StartNew();
        var read = 0;
        await foreach (var _ in past.ReadAsync(range, cancellation))
        {
            read++;
        }

        reading.Stop();
        var whole = Stopwatch.StartNew();
        var processor = Environment.CpuUsage.TotalTime;
        var replay = new RouteReplay(ReplaySetup.Table(newChannelWeight: 0), ReplaySetup.Table(newChannelWeight: 50), new QuietConditions(_ => 0));
        await foreach (var transaction in past.ReadAsync(range, cancellation))
        {
            replay.Add(transaction);
        }

        var report = replay.Report();
        whole.Stop();
        processor = Environment.CpuUsage.TotalTime - processor;
        Console.WriteLine($"{read} payments read in {reading.Elapsed.TotalSeconds:0.00} s; read and replayed through two tables of {report.Channels.Count} channels in {whole.Elapsed.TotalSeconds:0.00} s, {processor.TotalSeconds:0.00} s of them on a processor here");
        foreach (var channel in report.Channels)
        {
            Console.WriteLine($"  {channel.Code,-12} in force {channel.InForce.Sum.Count,7}   draft {channel.Draft.Sum.Count,7}   fee {(channel.Draft.Sum.Money is [var money, ..] ? money.Fee : null)}");
        }

        Console.WriteLine();
        Console.WriteLine($"replay_payments={report.Transactions} replay_s={whole.Elapsed.TotalSeconds:0.00}");
    }
}
