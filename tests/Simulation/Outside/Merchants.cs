using PaymentEngine.Runtime.Submit;

namespace PaymentEngine.Tests.Simulation.Outside;

/// <summary>
/// Merchants and their payers: submit, ask again with the same key, repeat with the same or with changed facts, pay a
/// second time, close, give back what was paid or a part of it, or let the trade expire. Their log of answers is what they may hold the engine to.
/// </summary>
internal sealed class Merchants(World world)
{
    private static readonly string[] OddPayers =
    [
        "sim-decline", "sim-accept", "sim-timeout-executed", "sim-timeout-lost", "sim-notsent-once", "sim-garbage", "sim-amount",
        "sim-stuck", "sim-refund-accept", "sim-refund-decline", "sim-refund-timeout", "sim-refund-abnormal",
    ];

    private readonly Dictionary<string, Reply> _log = [];
    private int _keys;

    /// <summary>What was acknowledged: the answers that were no refusals.</summary>
    public IEnumerable<Reply> Acknowledged => _log.Values;

    public void Plan()
    {
        for (var i = 1; i <= world.Facts.Trades; i++)
        {
            var number = $"N{i}";
            world.Time.In(world.Dice.Between(TimeSpan.Zero, TimeSpan.FromMinutes(60)), () => Buy(number));
        }
    }

    private void Buy(string number)
    {
        var dice = world.Dice;
        var merchant = world.Facts.Directory.Merchants[dice.Below(2)];
        var command = new OpenTrade(
            number, new Money(1_000 + dice.Below(1_000_000), Circumstances.Cny), "alice", "bob", Description: null,
            Validity: TimeSpan.FromSeconds(dice.Pick(30, 300, 900, 7_200)), dice.Chance(0.85) ? Payment() : null);
        var open = new Request.Open(merchant, NewKey(), command);
        Ask(open, tries: 6);
        if (dice.Chance(0.05))
        {
            // Somebody pressed twice: another key, the same number, the same moment.
            Ask(open with { Key = NewKey() }, tries: 2);
        }

        for (var more = dice.Below(5); more > 0; more--)
        {
            world.Time.In(dice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(dice.Pick(20, 300, 3_000))), () => DoMore(open));
        }
    }

    private void DoMore(Request.Open open)
    {
        var again = open.Command with { Payment = world.Dice.Chance(0.7) ? Payment() : null };
        var trade = _log.TryGetValue(open.Key, out var reply) ? reply.Trade : null;
        switch (world.Dice.Below(9))
        {
            case 0:
                Ask(open with { Key = NewKey(), Command = again }, tries: 3);
                break;
            case 1:
                Ask(open with { Key = NewKey(), Command = again with { Amount = again.Amount with { Minor = again.Amount.Minor + 100 } } }, tries: 3);
                break;
            case 2:
                Ask(open with { Key = NewKey(), Command = again with { Payee = "carol" } }, tries: 3);
                break;
            case 3 when trade is { } known:
                Ask(new Request.Close(open.Merchant, NewKey(), known), tries: 3);
                break;
            case 4 when trade is { } known:
                Ask(new Request.Pay(open.Merchant, NewKey(), known, Payment()), tries: 3);
                break;
            case 5 or 6 or 7 when trade is { } known:
                Ask(new Request.Refund(open.Merchant, NewKey(), known, Refund(again.Amount)), tries: 3);
                break;
            default:
                Ask(open, tries: 1);
                break;
        }
    }

    private StartPayment Payment() => new(
        world.Dice.Pick(PaymentMethod.Quick, PaymentMethod.OnlineBanking, PaymentMethod.Wallet),
        world.Dice.Chance(world.Facts.OddPayers) ? world.Dice.Pick<string>(OddPayers) : $"payer-{world.Dice.Below(1_000)}");

    /// <summary>All that is left, or a part that may be more than that.</summary>
    private RefundTrade Refund(Money price) => new(
        world.Dice.Chance(0.4) ? null : price with { Minor = 1 + world.Dice.Below((int)price.Minor) }, MerchantRefundNo: null, Reason: null, NotifyUrl: null);

    /// <summary>Asks until there is an answer, of any node, now and then of two at the same moment.</summary>
    private void Ask(Request request, int tries)
    {
        var isAnswered = false;
        for (var copies = world.Dice.Chance(0.05) ? 2 : 1; copies > 0; copies--)
        {
            if (!IsLost() && world.AnyNode() is { } node)
            {
                world.Run(AskAsync(node, request, () => isAnswered = true));
            }
        }

        if (tries > 1)
        {
            world.Time.In(world.Dice.Between(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60)), () =>
            {
                if (!isAnswered)
                {
                    Ask(request, tries - 1);
                }
            });
        }
    }

    private async Task AskAsync(Node node, Request request, Action answered)
    {
        var reply = await world.Requests.AnswerAsync(node, request);
        world.Trace?.Note($"{request.Key} of {request.Merchant.Number}: {request.GetType().Name} answered {reply?.Text ?? "unavailable"}");
        if (reply is not { IsFinal: true } || IsLost())
        {
            return;
        }

        answered();
        if (reply.Trade is not null && !_log.TryAdd(request.Key, reply))
        {
            Broken.If(_log[request.Key] != reply, "the same request gets the first answer back", $"{request.Key}: {_log[request.Key]}, then {reply}");
        }
    }

    private bool IsLost() => world.IsChaos && world.Dice.Chance(world.Facts.LossRate);

    private string NewKey() => $"k{++_keys}";
}
