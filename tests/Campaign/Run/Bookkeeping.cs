using PaymentEngine.Tests.Support.Ledger;

namespace PaymentEngine.Tests.Campaign.Run;

/// <summary>
/// People of operations who book by hand with a second person, hold, let go and capture, and close the days that go by. They
/// ask for nothing that could be refused, so each thing that they ask for is there once in the end.
/// </summary>
internal sealed class Bookkeeping : IDisposable
{
    private const int People = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan PauseBetweenDays = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ToClose = TimeSpan.FromSeconds(20);

    private readonly Site _site;
    private readonly int _seed;
    private readonly LedgerClerks _clerks;
    private readonly List<Bookkeeper> _bookkeepers = [];
    private readonly List<string> _faults = [];
    private LedgerStage? _stage;

    /// <param name="site">Where they work.</param>
    /// <param name="seed">From it follows what they do.</param>
    /// <param name="over">Whoever was not answered by then never will be.</param>
    public Bookkeeping(Site site, int seed, CancellationToken over)
    {
        (_site, _seed) = (site, seed);
        _clerks = new LedgerClerks([.. site.Nodes.Select(node => node.Address)], Site.OpsKey, Site.SecondOpsKey, Patience, over);
    }

    public int Booked => _bookkeepers.Sum(bookkeeper => bookkeeper.Booked);

    public int Captured => _bookkeepers.Sum(bookkeeper => bookkeeper.Captured);

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            _stage = await LedgerStage.OpenAsync(_clerks, "stage");
            _bookkeepers.AddRange(Enumerable.Range(1, People).Select(person => new Bookkeeper(_clerks, _stage, $"b{person}", (_seed * 17) + person, isPrudent: true)));
            await Task.WhenAll([.. _bookkeepers.Select(bookkeeper => BookAsync(bookkeeper, stop)), CloseAsync(stop)]);
        }
        catch (Exception strange) when (strange is NeverAnsweredException or InvalidOperationException)
        {
            _faults.Add(strange.Message);
        }
    }

    /// <summary>When the last day is closed too, nothing was booked or held twice and nothing is lost.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync()
    {
        if (_stage is null || _faults.Count > 0)
        {
            return _faults;
        }

        await LedgerDaysHand.TurnAsync(_site.Database);
        for (var deadline = Environment.TickCount64 + (long)ToClose.TotalMilliseconds; await LedgerDaysHand.CloseAsync(_clerks) is { } against;)
        {
            if (Environment.TickCount64 > deadline)
            {
                _faults.Add($"a day cannot be closed: {against}");
                break;
            }

            await Task.Delay(Pause);
        }

        return [.. _faults, .. await BookkeepersJudge.FaultsAsync(_clerks, _stage, _bookkeepers)];
    }

    public void Dispose() => _clerks.Dispose();

    private static async Task BookAsync(Bookkeeper bookkeeper, CancellationToken stop)
    {
        await bookkeeper.OpenAsync();
        while (!stop.IsCancellationRequested)
        {
            await bookkeeper.StepAsync();
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    /// <summary>One day turns by itself; others do when a run wants to come by more of them.</summary>
    private async Task CloseAsync(CancellationToken stop)
    {
        await Task.Delay(PauseBetweenDays, CancellationToken.None);
        await _site.NextDayAsync();
        while (!stop.IsCancellationRequested)
        {
            await LedgerDaysHand.CloseAsync(_clerks);
            await Task.Delay(PauseBetweenDays, CancellationToken.None);
        }
    }
}
