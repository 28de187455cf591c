using System.Runtime.InteropServices;
using PaymentEngine.Core;

namespace PaymentEngine.Routing.Replay;

/// <summary>Adds up transactions, each currency by itself, and keeps the numbers of the first few.</summary>
internal sealed class Tally
{
    private const int MostExamples = 5;

    private readonly List<(Money Amount, decimal Fee)> _money = [];
    private readonly List<string> _examples = [];

    public int Count { get; private set; }

    public IReadOnlyList<string> Examples => _examples;

    /// <param name="fee">In major units.</param>
    public void Add(PastTransaction past, decimal fee)
    {
        Count++;
        if (_examples.Count < MostExamples)
        {
            _examples.Add(OrderNumber.Format(OrderLevel.Trade, past.Trade));
        }

        var amount = past.Facts.Amount;
        foreach (ref var money in CollectionsMarshal.AsSpan(_money))
        {
            if (money.Amount.Currency == amount.Currency)
            {
                money = (money.Amount + amount, money.Fee + fee);
                return;
            }
        }

        _money.Add((amount, fee));
    }

    public ReplaySum Sum() => new(
        Count,
        [.. _money.OrderBy(money => money.Amount.Currency.Code, StringComparer.Ordinal)
            .Select(money => new ReplayMoney(money.Amount, Rounded(money.Fee, money.Amount.Currency)))]);

    /// <summary>Half up, once: how each bank rounds each fee is not known here.</summary>
    private static Money Rounded(decimal major, Currency currency)
    {
        var minor = major;
        for (var i = 0; i < currency.Exponent; i++)
        {
            minor *= 10;
        }

        return new Money((long)Math.Round(minor, MidpointRounding.AwayFromZero), currency);
    }
}
