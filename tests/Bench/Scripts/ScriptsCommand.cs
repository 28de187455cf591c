using System.Diagnostics;
using System.Text.Json;
using PaymentEngine.Bench.Machine;
using PaymentEngine.Routing.Scoring;
using PaymentEngine.Scripting;

namespace PaymentEngine.Bench.Scripts;

/// <summary>`./bench scripts`: what an evaluation costs, beside a delegate written by hand, in the same run and in turn.</summary>
internal static class ScriptsCommand
{
    public const string Usage = """
        ./bench scripts [options]
          --rounds N        rounds of each, in turn; figures are of the median round (501)
          --json FILE       write all figures
        """;

    private const int UsualRounds = 501;
    private const int WarmUpRounds = 200;

    /// <summary>A round takes a fraction of a millisecond, so that most of them are not interrupted by whatever else is running.</summary>
    private const int Calls = 20_000;
    private const int Evaluations = 4_000;
    private const int MediumEvaluations = 200;
    private const int Compilations = 5;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly ScoreModel[] Models = Rules.Models();

    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellation)
    {
        var (rounds, path) = (UsualRounds, default(string));
        foreach (var (name, value) in OptionWords.Pairs(arguments))
        {
            switch (name)
            {
                case "--rounds": rounds = OptionWords.Positive(value); break;
                case "--json": path = Path.GetFullPath(value); break;
                default: throw new FormatException($"unknown option {name}");
            }
        }

        var figures = Measure(rounds, await MachineFacts.ReadAsync(TimeProvider.System, cancellation), cancellation);
        if (path is not null)
            await File.WriteAllTextAsync(path, JsonSerializer.Serialize(figures, Json) + "\n", cancellation);
        Print(figures);
        return 0;
    }

    private static ScriptFigures Measure(int rounds, MachineFacts machine, CancellationToken cancellation)
    {
        var priority = RuleScript.Compile(Rules.Priority, ScoreModel.Schema);
        var medium = RuleScript.Compile(Rules.Medium, ScoreModel.Schema);
        if (Models.Any(model => priority.EvaluateNumber(model) != Rules.ByHand(model.Facts)))
        {
            throw new InvalidOperationException("the script and the delegate do not say the same");
        }

        var lanes = new Lane[]
        {
            new(Evaluations, count => Evaluate(priority, count)),
            new(MediumEvaluations, count => Evaluate(medium, count)),
            new(Calls, Call),
            new(Compilations, count => Compile(Rules.Priority, count)),
            new(Compilations, count => Compile(Rules.Medium, count)),
        };
        for (var round = -WarmUpRounds; round < rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var lane in lanes)
            {
                lane.Run(counts: round >= 0);
            }
        }

        return new ScriptFigures(machine, lanes[0].Figures(), lanes[1].Figures(), lanes[2].Figures(), lanes[3].Figures(), lanes[4].Figures());
    }

    private static decimal Evaluate(RuleScript<ScoreModel> script, int count)
    {
        var sum = 0m;
        for (var i = 0; i < count; i++)
        {
            sum = Math.Max(sum, script.EvaluateNumber(Models[i & (Models.Length - 1)]));
        }

        return sum;
    }

    private static decimal Call(int count)
    {
        var sum = 0m;
        for (var i = 0; i < count; i++)
        {
            sum = Math.Max(sum, Rules.ByHand(Models[i & (Models.Length - 1)].Facts));
        }

        return sum;
    }

    private static decimal Compile(string text, int count)
    {
        var lengths = 0m;
        for (var i = 0; i < count; i++)
        {
            lengths += RuleScript.Compile(text, ScoreModel.Schema).Text.Length;
        }

        return lengths;
    }

    private static void Print(ScriptFigures figures)
    {
        var machine = figures.Machine;
        Console.WriteLine($"Scripts on one thread, {machine.Date:yyyy-MM-dd HH:mm} UTC, commit {machine.Commit}{(machine.CommitIsDirty ? " with uncommitted changes" : "")}");
        Console.WriteLine($"{machine.Processors} × {machine.CpuModel}, Linux {machine.Kernel}");
        Console.WriteLine();
        Console.WriteLine("                               ns        bytes   of the delegate's time");
        Line("priority by time and bank", figures.Priority);
        Line("30 lines, loops, functions", figures.Medium);
        Line("a delegate, by hand", figures.Delegate);
        Line("to compile the first", figures.CompilePriority);
        Line("to compile the second", figures.CompileMedium);
        Console.WriteLine();
        Console.WriteLine($"priority_ns={figures.Priority.Ns:0.0} priority_bytes={figures.Priority.Bytes:0} medium_ns={figures.Medium.Ns:0.0} delegate_ns={figures.Delegate.Ns:0.0}");

        void Line(string name, ScriptFigure of) =>
            Console.WriteLine($"{name,-27}{of.Ns,10:0.0}{of.Bytes,13:0}   {of.Ns / figures.Delegate.Ns:0.0}");
    }

    /// <summary>One of the things that take turns.</summary>
    private sealed class Lane(int count, Func<int, decimal> run)
    {
        private readonly List<double> _ns = [];
        private double _bytes;
        private decimal _seen;

        public void Run(bool counts)
        {
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            _seen = Math.Max(_seen, run(count));
            var ticks = Stopwatch.GetTimestamp() - start;
            if (counts)
            {
                _ns.Add(ticks * 1e9 / Stopwatch.Frequency / count);
                _bytes = (GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)count;
            }
        }

        public ScriptFigure Figures() => _seen > 0
            ? new(_ns.Order().ElementAt(_ns.Count / 2), Math.Floor(_bytes))
            : throw new InvalidOperationException("nothing was computed");
    }
}

/// <param name="Ns">Of one evaluation, in the median round.</param>
internal sealed record ScriptFigure(double Ns, double Bytes);

internal sealed record ScriptFigures(
    MachineFacts Machine, ScriptFigure Priority, ScriptFigure Medium, ScriptFigure Delegate, ScriptFigure CompilePriority, ScriptFigure CompileMedium);
