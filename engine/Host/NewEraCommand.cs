using PaymentEngine.Store;
using PaymentEngine.Store.Numbers;

namespace PaymentEngine.Host;

/// <summary>An operator knows what no server can tell: that this database is a copy, made file by file or disk by disk.</summary>
internal static class NewEraCommand
{
    public static Task<int> RunAsync(Dictionary<string, string?> settings) => Failure.GuardAsync(async () =>
    {
        await using var database = Database.ForReads(EngineHost.ConnectionStringOf(CommandSettings.Read(settings)));
        await new NumberEras(database).BeginAsync("an operator said so", CancellationToken.None);
        Console.WriteLine("A new era of numbers has begun.");
        return 0;
    });
}
