using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Campaign.Shops;

/// <summary>An order as the merchant knows it: what he sent, what he was answered, and whatever final he has seen of it.</summary>
internal sealed class ShopOrder(string orderNo, Errand errand)
{
    private static readonly HashSet<string> Final = ["paid", "closed", "succeeded", "failed", "surplus"];

    private readonly ConcurrentQueue<string> _log = [];
    private readonly ConcurrentDictionary<string, string> _finals = [];

    public string OrderNo => orderNo;

    public Errand Errand => errand;

    /// <summary>The number that it was acknowledged under; null as long as it was not.</summary>
    public string? TradeNo { get; private set; }

    /// <summary>Final states by the number of the trade or payment.</summary>
    public IReadOnlyDictionary<string, string> Finals => _finals;

    public IEnumerable<string> Log => _log;

    /// <summary>What must not be: answers that contradict each other, or that no merchant should get.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    public void Note(string line) => _log.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} {line}");

    public void Fault(string what)
    {
        Note("FAULT " + what);
        Faults.Enqueue($"{orderNo}: {what}");
    }

    /// <summary>An answer, or the body of a notification, that shows the trade.</summary>
    public void Learn(JsonNode trade)
    {
        var number = (string)trade["trade_no"]!;
        TradeNo ??= number;
        if (number != TradeNo)
        {
            Fault($"it was {TradeNo}, and now it is {number}");
        }

        Learn(number, (string)trade["state"]!);
        foreach (var payment in trade["payments"]?.AsArray() ?? [])
        {
            Learn((string)payment!["payment_no"]!, (string)payment["state"]!);
        }
    }

    /// <summary>Answers may overtake each other, so an earlier state after a final one says nothing; another final one does.</summary>
    private void Learn(string number, string state)
    {
        if (Final.Contains(state) && _finals.GetOrAdd(number, state) is var first && first != state)
        {
            Fault($"{number} was {first}, and now it is {state}");
        }
    }
}

/// <summary>What a merchant does about an order.</summary>
internal enum Errand
{
    /// <summary>Opens a trade with its payment.</summary>
    Pay,

    /// <summary>Opens a trade, and starts the payment afterwards.</summary>
    PayLater,

    /// <summary>The payer comes back and pays a second time, by a way that allows it.</summary>
    PayTwice,

    /// <summary>Pays a second time by quick payment, which has to wait.</summary>
    Impatient,

    /// <summary>Closes the trade while its payment is under way.</summary>
    Close,

    /// <summary>Gives back what was paid, or a part of it.</summary>
    Refund,

    /// <summary>Sends the same request to two nodes at the same instant.</summary>
    Meet,

    /// <summary>Sends the same order under two keys to two nodes at the same instant.</summary>
    MeetUnderTwoKeys,
}
