using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Routing.Explaining;
using PaymentEngine.Store.Orders;

namespace PaymentEngine.Runtime.Routing;

/// <summary>Says in words how the channels of a trade's orders were chosen (C17).</summary>
public sealed class ExplanationDesk(ExplanationStore choices, RouteBook book)
{
    public async Task<IReadOnlyList<ExplainedChoice>> OfAsync(TradeFamily family, CancellationToken ct)
    {
        var explained = new List<ExplainedChoice>();
        foreach (var choice in await choices.OfTradeAsync(family.Trade.Id, ct))
        {
            var setup = await book.SetupOfAsync(Explanation.VersionOf(choice.Explanation), ct);
            explained.Add(new ExplainedChoice(choice.Instruction, choice.Order, choice.At, Explanation.Read(choice.Explanation, setup)));
        }

        return explained;
    }
}

/// <param name="Order">The institution order that came of it; null when no channel was found.</param>
public sealed record ExplainedChoice(OrderId Instruction, OrderId? Order, DateTimeOffset At, Explanation Explanation);
