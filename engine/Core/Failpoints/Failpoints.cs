using System.Diagnostics.CodeAnalysis;

namespace PaymentEngine.Core.Failpoints;

/// <summary>
/// Lets this process die, or stop as under SIGSTOP, at a named moment. A device of tests, armed by the environment of
/// the process and by nothing else; where it is not, a pass costs a check that the JIT removes.
/// </summary>
public static class Failpoints
{
    /// <summary><c>NAME:K</c>: at the k-th pass the process kills itself; <c>NAME:K:stop</c>: it stops. Several are separated by commas.</summary>
    public const string Variable = "PAYMENT_ENGINE_FAILPOINT";

    private static readonly ArmedFailpoints? Armed = ArmedFailpoints.Parse(Environment.GetEnvironmentVariable(Variable));

    [MemberNotNullWhen(true, nameof(Armed))]
    public static bool AreArmed => Armed is not null;

    public static void Pass(Failpoint point)
    {
        if (AreArmed)
        {
            Armed.Pass(point);
        }
    }
}
