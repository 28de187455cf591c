using PaymentEngine.Bench.Checks;
using PaymentEngine.Bench.Load;

namespace PaymentEngine.Bench.Payments;

/// <summary>The figures for people; the last line is for programs.</summary>
internal static class PaymentsReport
{
    private const int ErrorsShown = 3;

    // The kernel writes and sweeps on behalf of the benchmark too, under no process that it could be charged to.
    private const double OtherProcessorsTolerated = 0.2;

    public static IEnumerable<string> Lines(PaymentsFigures figures) =>
    [
        .. Head(figures),
        "",
        .. Throughput(figures),
        "",
        .. Latencies(figures),
        "",
        .. Costs(figures.FullLoad.Load.Cost),
        "",
        .. Checks(figures),
        "",
        $"payments_per_s={figures.PaymentsPerSecond:0} tpcb={figures.TpcbPerSecond:0} ratio={figures.Ratio:0.00}",
    ];

    private static IEnumerable<string> Head(PaymentsFigures figures)
    {
        var machine = figures.Machine;
        var dirty = machine.CommitIsDirty ? " with uncommitted changes" : "";
        yield return $"Payments over HTTP{(figures.Options.Broker ? ", results by callback, merchants told" : "")}, {machine.Date:yyyy-MM-dd HH:mm} UTC, commit {machine.Commit}{dirty}";
        yield return $"{machine.Processors} × {machine.CpuModel}, {machine.MemoryBytes >> 30} GiB, Linux {machine.Kernel}, {machine.WriteBack}, PostgreSQL {figures.PostgresSettings["server_version"]}"
            + (figures.BrokerVersion is { } version ? $", RabbitMQ {version}" : "");
        yield return $"the whole run took {figures.TotalSeconds:0} s";
        if (figures.Options.Quick)
            yield return "A quick run with short phases: not a result to quote.";
        if (figures.Tpcb.OtherProcessors > OtherProcessorsTolerated || figures.FullLoad.Load.OtherProcessors > OtherProcessorsTolerated)
        {
            yield return $"Other programs used {figures.Tpcb.OtherProcessors:0.0} processors during TPC-B and "
                + $"{figures.FullLoad.Load.OtherProcessors:0.0} at full load: not a result to quote.";
        }
    }

    private static IEnumerable<string> Throughput(PaymentsFigures figures)
    {
        var (load, checkpoint) = figures.FullLoad;
        var generator = load.Generator;
        var inTheMiddle = checkpoint is { } seconds
            ? $"a checkpoint of {seconds:0.0} s in the middle"
            : "no checkpoint: the role may not issue one";
        yield return $"payments fully done  {load.DonePerSecond,8:0} /s   {load.Done} in {load.Seconds:0.0} s, {inTheMiddle}";
        yield return $"TPC-B                {figures.Tpcb.PerSecond,8:0} /s   scale {figures.Tpcb.Scale}, 32 clients, prepared, {figures.Tpcb.Seconds} s";
        yield return $"ratio                {figures.Ratio,8:0.00}";
        yield return $"acknowledged         {generator.MeasuredAcknowledged / generator.MeasuredSeconds,8:0} /s   on {figures.Options.Connections} connections; {generator.MeasuredBusy} answers 503, sent again";
        yield return $"existing orders      {figures.Prefill.Existing,8}      made by the engine at {figures.Prefill.AcknowledgedPerSecond:0} /s";
    }

    private static IEnumerable<string> Latencies(PaymentsFigures figures)
    {
        var full = figures.FullLoad.Load;
        var half = figures.OpenLoop.Load;
        yield return $"{"milliseconds",-42}{"p50",9}{"p99",9}{"p99.9",9}{"max",9}{"of",9}";
        yield return Row($"open loop at {figures.OpenLoop.OfferedPerSecond:0} /s: submit", half.Generator.Submit);
        yield return Row("  of which before it was sent", half.Generator.Unsent);
        yield return Row("  submit to paid, polled every 10 ms", half.Generator.EndToEnd);
        yield return Row("  created to paid, engine's clock", half.CreatedToPaid);
        if (half.CreatedToTold is { } toldAtHalf)
            yield return Row("  created to merchant told", toldAtHalf);
        yield return Row("full load: submit", full.Generator.Submit);
        yield return Row("  created to paid, engine's clock", full.CreatedToPaid);
        if (full.CreatedToTold is { } toldAtFull)
            yield return Row("  created to merchant told", toldAtFull);
    }

    private static string Row(string name, Latency latency) =>
        $"{name,-42}{latency.P50,9:0.0}{latency.P99,9:0.0}{latency.P999,9:0.0}{latency.Max,9:0.0}{latency.Count,9}";

    private static IEnumerable<string> Costs(CostPerPayment cost)
    {
        var allocated = cost.AllocatedBytes is { } bytes ? $"{bytes:0}" : "not told by the engine";
        var around = cost.OutsideCpuUs > 0 ? $"{cost.BrokerCpuUs:0} RabbitMQ, {cost.OutsideCpuUs:0} institution and receiver, " : "";
        yield return "each payment at full load";
        yield return $"  CPU µs             {cost.EngineCpuUs:0} engine, {cost.PostgresCpuUs:0} PostgreSQL, {around}{cost.GeneratorCpuUs:0} generator, {cost.OtherCpuUs:0} rest of the machine";
        yield return $"  bytes allocated    {allocated}";
        yield return $"  rows written       {cost.RowsWritten:0.0}";
        yield return $"  WAL bytes          {cost.WalBytes:0}";
        if (cost is { WorkingSetAtStart: { } start, WorkingSetAtEnd: { } end })
            yield return $"  engine's memory    {start >> 20} MiB at the start, {end >> 20} MiB at the end, {cost.Gen0Collections} collections";
    }

    private static IEnumerable<string> Checks(PaymentsFigures figures)
    {
        var (acknowledged, journal, told, audit, stoppedByItself, errors) = figures.Checks;
        GeneratorResult[] runs = [figures.Prefill.Generator, figures.FullLoad.Load.Generator, figures.OpenLoop.Load.Generator];
        yield return Check(runs.All(run => run.Faultless), Requests(runs));
        yield return Check(
            figures is { FullLoad.Load.DrainSeconds: not null, OpenLoop.Load.DrainSeconds: not null },
            $"everything under way came to its end: after {Seconds(figures.FullLoad.Load)} and {Seconds(figures.OpenLoop.Load)}");
        yield return Check(
            acknowledged.Clean,
            $"acknowledged trades: {acknowledged.Trades}, missing {acknowledged.Missing}, not paid {acknowledged.Unpaid}, named twice {acknowledged.NamedTwice}");
        yield return Check(journal.Clean, Journal(journal));
        foreach (var violation in journal.Violations)
            yield return $"       {violation}";
        if (told is not null)
        {
            yield return Check(
                told.CallbacksClean,
                $"callbacks acknowledged: {told.Outside.CallbacksAcknowledged}, sent again {told.Outside.CallbacksRepeated}, open {told.Outside.StillOpen}");
            yield return Check(
                told.Clean,
                $"the merchant was told of {told.Told}: not told {told.Untold}, unknown {told.Unknown}, under two ids {told.ToldTwice}, repeats {told.Outside.ToldAgain}");
        }

        yield return Check(audit.Clean, $"audit of the books ended with {audit.ExitCode}");
        if (!audit.Clean)
        {
            foreach (var line in audit.Output)
                yield return $"       {line}";
        }

        yield return Check(stoppedByItself, "the engine drained and ended when asked");
        yield return Check(errors.Count == 0, $"errors that the engine logged: {errors.Count}");
        foreach (var error in errors.Take(ErrorsShown))
            yield return $"       {error}";
    }

    private static string Requests(GeneratorResult[] runs)
    {
        var first = runs.Select(run => run.FirstRefusal).FirstOrDefault(refusal => refusal is not null);
        return $"requests: refused {runs.Sum(run => run.Refused)}, unanswered {runs.Sum(run => run.Unanswered)}, "
            + $"watched and not paid {runs.Sum(run => run.WatchedUnpaid)}, reconnected {runs.Sum(run => run.Reconnected)}"
            + (first is null ? "" : $"; first refusal: {first}");
    }

    private static string Journal(JournalFigures journal)
    {
        var times = journal.InstitutionMs is [var shortest, var median, var longest]
            ? $"; it took {shortest:0} / {median:0} / {longest:0} ms (shortest, median, longest)"
            : "";
        return $"institution's journal: {journal.Good} of {journal.Sampled} payments called it once, between the two commits{times}";
    }

    private static string Seconds(LoadFigures load) => load.DrainSeconds is { } seconds ? $"{seconds:0.0} s" : "never";

    private static string Check(bool good, string what) => $"{(good ? "ok  " : "FAIL")}   {what}";
}
