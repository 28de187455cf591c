using Xunit.Abstractions;

namespace PaymentEngine.Tests.Faults;

/// <summary>Printed, and taken from the environment, so that a failure can be tried again.</summary>
internal static class Seeds
{
    private const string Variable = "PAYMENT_ENGINE_TEST_SEED";

    public static int Draw(ITestOutputHelper output)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable(Variable), out var given) ? given : Random.Shared.Next();
        output.WriteLine($"{Variable}={seed}");
        return seed;
    }
}
