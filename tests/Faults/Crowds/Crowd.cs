using System.Collections.Concurrent;

namespace PaymentEngine.Tests.Faults;

/// <summary>
/// Many systems of a merchant that submit at the same time, whatever happens to the engine. What they have seen
/// acknowledged is what the engine has promised; what was not answered they submit again with its key.
/// </summary>
/// <param name="seed">From it follows which order is paid how.</param>
/// <param name="name">Begins the order numbers.</param>
/// <param name="difficult">Whether a few of the payers make the institution behave badly.</param>
/// <param name="payer">Who pays when it is not difficult.</param>
/// <param name="notifyUrl">Where the merchant is told of each order.</param>
internal sealed class Crowd(int seed, string name, bool difficult = true, string payer = Payers.Good, string? notifyUrl = null)
{
    private const int Clients = 32;
    private const int Sample = 50;

    /// <summary>How long a merchant waits after "try again".</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentQueue<Submission> _acknowledged = [];
    private readonly ConcurrentQueue<Submission> _unanswered = [];
    private readonly ConcurrentQueue<MerchantAnswer> _strange = [];
    private int _orders;

    private enum Outcome
    {
        Acknowledged,
        TryAgain,
        Gone,
        Strange,
    }

    public IReadOnlyCollection<Submission> Acknowledged => _acknowledged;

    public IReadOnlyCollection<Submission> Unanswered => _unanswered;

    /// <summary>Answers that are neither 201 nor a 503 that asks to try again: there must be none.</summary>
    public IReadOnlyCollection<MerchantAnswer> Strange => _strange;

    /// <summary>Submits until told to stop, or until the engine is gone.</summary>
    public async Task SubmitAsync(EngineProcess engine, CancellationToken stop)
    {
        using var merchant = new MerchantClient(engine.Address, engine.ApiKey);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(() => SubmitAsync(merchant, stop))));
    }

    /// <summary>Returns when so many more have been acknowledged: the load is really there.</summary>
    public async Task AcknowledgedAsync(int more)
    {
        var wanted = _acknowledged.Count + more;
        await Eventually.BecomesTrueAsync(() => _acknowledged.Count >= wanted, $"{more} more trades are acknowledged");
    }

    /// <summary>Submits again, with the same keys, what was not answered, until all of it is.</summary>
    public async Task RepeatUnansweredAsync(EngineProcess engine)
    {
        using var merchant = new MerchantClient(engine.Address, engine.ApiKey);
        while (_unanswered.TryDequeue(out var submission))
        {
            await Eventually.BecomesTrueAsync(
                async () => await TryAsync(submission, merchant) is Outcome.Acknowledged or Outcome.Strange, $"{submission.OrderNo} is answered");
        }
    }

    /// <summary>The same key and body gets the first answer byte for byte, whoever gave it.</summary>
    public async Task TheSameAnswersAreGivenAgainAsync(EngineProcess engine)
    {
        using var merchant = new MerchantClient(engine.Address, engine.ApiKey);
        foreach (var submission in _acknowledged.Reverse().Take(Sample))
        {
            var again = await submission.SendAsync(merchant);
            Assert.True(again.IsSameAs(submission.Answer!), $"first: {submission.Answer}, then: {again}");
        }
    }

    private async Task SubmitAsync(MerchantClient merchant, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var submission = Next();
            var outcome = await TryAsync(submission, merchant);
            while (outcome == Outcome.TryAgain && !stop.IsCancellationRequested)
            {
                await Task.Delay(Pause, CancellationToken.None);
                outcome = await TryAsync(submission, merchant);
            }

            if (outcome is Outcome.TryAgain or Outcome.Gone)
            {
                _unanswered.Enqueue(submission);
            }

            if (outcome == Outcome.Gone)
            {
                return;
            }
        }
    }

    private async Task<Outcome> TryAsync(Submission submission, MerchantClient merchant)
    {
        MerchantAnswer answer;
        try
        {
            answer = await submission.SendAsync(merchant);
        }
        catch (HttpRequestException)
        {
            return Outcome.Gone;
        }

        switch (answer.Status)
        {
            case 201:
                submission.Answer = answer;
                _acknowledged.Enqueue(submission);
                return Outcome.Acknowledged;
            case 503:
                return Outcome.TryAgain;
            default:
                _strange.Enqueue(answer);
                return Outcome.Strange;
        }
    }

    private Submission Next()
    {
        var order = Interlocked.Increment(ref _orders);
        return new Submission($"{name}-{order}", difficult ? PayerAccount(new Random(unchecked((seed * 31) + order)).Next(100)) : payer, notifyUrl);
    }

    /// <summary>Of a hundred payers a few make the institution difficult; all of them pay in the end.</summary>
    private static string PayerAccount(int percent) => percent switch
    {
        0 => Payers.TimeoutExecuted,
        1 => Payers.TimeoutLost,
        2 => Payers.NotSentOnce,
        3 => Payers.Garbage,
        4 => Payers.Accept,
        _ => Payers.Good,
    };
}
