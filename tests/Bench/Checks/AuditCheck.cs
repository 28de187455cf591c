using PaymentEngine.Bench.Engine;

namespace PaymentEngine.Bench.Checks;

internal sealed record AuditFigures(int ExitCode, IReadOnlyList<string> Output)
{
    public bool Clean => ExitCode == 0;
}

/// <summary>The engine's own audit of its books: conservation, chains, one posting per success.</summary>
internal static class AuditCheck
{
    public static async Task<AuditFigures> RunAsync(EngineProgram program, CancellationToken cancellation)
    {
        await using var audit = program.Start(["audit"]);
        return new AuditFigures(await audit.ExitCodeAsync(cancellation), audit.Output());
    }
}
