using Npgsql;
using PaymentEngine.Bench.Cluster;
using PaymentEngine.Bench.Engine;
using PaymentEngine.Bench.Machine;

namespace PaymentEngine.Bench.Payments;

/// <summary>All counters at one moment, by the database's clock.</summary>
internal sealed record CostReading(DateTime At, long RowsWritten, long WalBytes, CpuSeconds Cpu, ProcessFigures? Engine);

/// <summary>What one payment costs. CPU in microseconds; null where the engine did not tell.</summary>
internal sealed record CostPerPayment(
    double EngineCpuUs,
    double PostgresCpuUs,
    double BrokerCpuUs,
    double GeneratorCpuUs,
    double OutsideCpuUs,
    double OtherCpuUs,
    double? AllocatedBytes,
    double RowsWritten,
    double WalBytes,
    long? WorkingSetAtStart,
    long? WorkingSetAtEnd,
    int? Gen0Collections)
{
    public static CostPerPayment Between(CostReading start, CostReading end, long payments)
    {
        double Each(double total) => total / Math.Max(1, payments);
        var cpu = end.Cpu - start.Cpu;
        var other = cpu.Machine - cpu.Engine - cpu.Postgres - cpu.Broker - cpu.Generator - cpu.Outside;
        return new CostPerPayment(
            Each(cpu.Engine * 1e6),
            Each(cpu.Postgres * 1e6),
            Each(cpu.Broker * 1e6),
            Each(cpu.Generator * 1e6),
            Each(cpu.Outside * 1e6),
            Each(Math.Max(0, other) * 1e6),
            end.Engine is { } last && start.Engine is { } first ? Each(last.AllocatedBytes - first.AllocatedBytes) : null,
            Each(end.RowsWritten - start.RowsWritten),
            Each(end.WalBytes - start.WalBytes),
            start.Engine?.WorkingSet,
            end.Engine?.WorkingSet,
            end.Engine?.Gen0 - start.Engine?.Gen0);
    }
}

internal sealed class CostMeter(NpgsqlDataSource database, EngineProcess engine, CpuMeter cpu)
{
    public async Task<CostReading> ReadAsync(CancellationToken cancellation)
    {
        var figures = await engine.FiguresAsync(cancellation);
        return await database.SingleAsync(
            "window-reading",
            [],
            row => new CostReading(row.GetDateTime(0), row.GetInt64(1), row.GetInt64(2), cpu.Read(), figures),
            cancellation);
    }
}
