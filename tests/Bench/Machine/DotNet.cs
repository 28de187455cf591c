namespace PaymentEngine.Bench.Machine;

/// <summary>The .NET host that runs this program also runs its children.</summary>
internal static class DotNet
{
    public static string Program { get; } =
        Path.GetFileName(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
}
