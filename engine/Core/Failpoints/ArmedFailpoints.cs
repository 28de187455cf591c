using System.Runtime.InteropServices;

namespace PaymentEngine.Core.Failpoints;

/// <summary>What is to happen at which pass of which point.</summary>
internal sealed class ArmedFailpoints
{
    private const int SigKill = 9;
    private const int SigStop = 19;

    private readonly int[] _passes = new int[Enum.GetValues<Failpoint>().Length];
    private readonly List<(Failpoint Point, int AtPass, int Signal)> _plans = [];

    /// <summary>Null when nothing is armed.</summary>
    /// <exception cref="FormatException">What is asked for is not understood: a test must not believe that it happens.</exception>
    public static ArmedFailpoints? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var armed = new ArmedFailpoints();
        foreach (var plan in text.Split(','))
        {
            armed._plans.Add(plan.Split(':') switch
            {
                [var name, var pass] => (PointOf(name), int.Parse(pass), SigKill),
                [var name, var pass, "stop"] => (PointOf(name), int.Parse(pass), SigStop),
                _ => throw new FormatException($"{Failpoints.Variable}: {plan} is not NAME:K or NAME:K:stop"),
            });
        }

        return armed;
    }

    public void Pass(Failpoint point)
    {
        var pass = Interlocked.Increment(ref _passes[(int)point]);
        foreach (var plan in _plans)
        {
            if (plan.Point == point && plan.AtPass == pass)
            {
                // The line is out before the signal: standard error is not buffered.
                Console.Error.WriteLine($"failpoint {point} pass {pass}");
                Signal(plan.Signal);
            }
        }
    }

    private static void Signal(int signal)
    {
        if (Kill(Environment.ProcessId, signal) != 0)
        {
            throw new InvalidOperationException($"signal {signal} could not be sent: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    private static Failpoint PointOf(string name) =>
        Enum.TryParse<Failpoint>(name, out var point) ? point : throw new FormatException($"{Failpoints.Variable}: there is no failpoint {name}");

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int process, int signal);
}
