using System.Collections.Concurrent;
using Npgsql;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;

namespace PaymentEngine.Tests.Store.Ledger;

/// <summary>
/// A client that asks the ledger for whatever comes to its mind, from a seed, and writes down what it was told. What it
/// was not told it asks again under the same key, as long as it takes.
/// </summary>
internal sealed class LedgerHistory(IReadOnlyList<LedgerHand> nodes, IReadOnlyList<string> accounts, int seed)
{
    private static readonly Currency Cny = LedgerHand.Cny;

    private readonly Random _random = new(seed);
    private readonly List<OrderId> _postings = [];
    private readonly List<(OrderId Id, string Account, long Left)> _holds = [];
    private int _asked;

    /// <summary>What was posted, as it was asked for; reversals with the legs that they turned around.</summary>
    public ConcurrentQueue<LedgerRequest> Posted { get; } = new();

    public ConcurrentQueue<string> Refused { get; } = new();

    /// <summary>What it believes is held on each account by its own holds.</summary>
    public Dictionary<string, long> Held => _holds.GroupBy(hold => hold.Account).ToDictionary(holds => holds.Key, holds => holds.Sum(hold => hold.Left));

    public async Task RunAsync(int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            var (request, done) = Next();
            switch (await AskAsync(request))
            {
                case LedgerResult.Posted posted:
                    Posted.Enqueue(request);
                    done(posted.Posting);
                    break;
                case LedgerResult.Refused:
                    Refused.Enqueue(request.Key);
                    break;
                case var other:
                    throw new InvalidOperationException($"{request.Key}: {other}");
            }
        }
    }

    private async Task<LedgerResult> AskAsync(LedgerRequest request)
    {
        while (true)
        {
            try
            {
                var result = await nodes[_random.Next(nodes.Count)].PostAsync(request);
                if (result is not LedgerResult.Unavailable and not LedgerResult.Refused { Reason: PostingRefusalReason.AccountBusy })
                {
                    return result;
                }
            }
            catch (Exception away) when (away is NpgsqlException or TimeoutException or InvalidOperationException or IOException)
            {
                // Whether it was posted is not known: the key will tell.
            }

            await Task.Delay(20);
        }
    }

    private (LedgerRequest Request, Action<OrderId> Done) Next()
    {
        var key = $"history-{seed}-{_asked++}";
        return _random.Next(10) switch
        {
            0 => Place(key),
            1 when _holds.Count > 0 => Take(key, capture: true),
            2 when _holds.Count > 0 => Take(key, capture: false),
            3 when _postings.Count > 0 => Reverse(key),
            _ => Transfer(key),
        };
    }

    private (LedgerRequest, Action<OrderId>) Transfer(string key)
    {
        var legs = new List<RequestedLeg>();
        var total = 0L;
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            var amount = _random.Next(1, 60);
            total += amount;
            legs.Add(new RequestedLeg(Any(), new Money(amount, Cny)));
        }

        legs.Insert(_random.Next(legs.Count + 1), new RequestedLeg(Any(), new Money(-total, Cny)));
        return (new LedgerRequest(key, PostingKind.Transfer, legs), _postings.Add);
    }

    private (LedgerRequest, Action<OrderId>) Place(string key)
    {
        var (account, amount) = (Any(), _random.Next(1, 40));
        return (
            new LedgerRequest(key, PostingKind.Hold, []) { Holds = [new HoldOrder.Place(account, new Money(amount, Cny), "promised", null)] },
            id => _holds.Add((id, account, amount)));
    }

    private (LedgerRequest, Action<OrderId>) Take(string key, bool capture)
    {
        var index = _random.Next(_holds.Count);
        var (id, account, left) = _holds[index];
        var amount = _random.NextInt64(1, left + 3);
        var part = new Money(amount, Cny);
        HoldOrder order = capture ? new HoldOrder.Capture(id, part) : new HoldOrder.Release(id, part);
        IReadOnlyList<RequestedLeg> legs = capture ? [new RequestedLeg(account, -part), new RequestedLeg(Any(), part)] : [];
        return (
            new LedgerRequest(key, capture ? PostingKind.Transfer : PostingKind.Hold, legs) { Holds = [order] },
            _ =>
            {
                _holds[index] = (id, account, left - amount);
                _holds.RemoveAll(hold => hold.Left == 0);
            });
    }

    private (LedgerRequest, Action<OrderId>) Reverse(string key)
    {
        var reversed = _postings[_random.Next(_postings.Count)];
        return (new LedgerRequest(key, PostingKind.Reversal, []) { Reverses = reversed }, _ => _postings.Remove(reversed));
    }

    private string Any() => accounts[_random.Next(accounts.Count)];
}
