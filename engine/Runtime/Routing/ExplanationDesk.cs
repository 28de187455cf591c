using System.Collections.Concurrent;
using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Routing.Book;
using PaymentEngine.Routing.Explaining;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Routing.Text;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Store.Orders;
using PaymentEngine.Store.Routing;

namespace PaymentEngine.Runtime.Routing;

/// <summary>Says in words how the channels of a trade's orders were chosen (C17).</summary>
public sealed class ExplanationDesk(ExplanationStore choices, RoutingStore book, DirectoryHolder directory)
{
    private readonly ConcurrentDictionary<int, RoutingSetup> _setups = [];

    public async Task<IReadOnlyList<ExplainedChoice>> OfAsync(TradeFamily family, CancellationToken ct)
    {
        var explained = new List<ExplainedChoice>();
        foreach (var choice in await choices.OfTradeAsync(family.Trade.Id, ct))
        {
            var setup = await SetupOfAsync(Explanation.VersionOf(choice.Explanation), ct);
            explained.Add(new ExplainedChoice(choice.Instruction, choice.Order, choice.At, Explanation.Read(choice.Explanation, setup)));
        }

        return explained;
    }

    /// <summary>The setup by which a choice was made. One that follows from the channels is not kept: it is told by those of today.</summary>
    private async Task<RoutingSetup> SetupOfAsync(int version, CancellationToken ct)
    {
        if (version == DerivedSetup.Version)
        {
            return DerivedSetup.Of(directory.Current);
        }

        if (!_setups.TryGetValue(version, out var setup))
        {
            var stored = await book.FindAsync(new RoutingVersionId(RoutingItem.Setup, version), ct)
                ?? throw new InvalidOperationException($"there is no version {version} of the setup");
            _setups[version] = setup = RoutingText.Read(stored.Text).Setup;
        }

        return setup;
    }
}

/// <param name="Order">The institution order that came of it; null when no channel was found.</param>
public sealed record ExplainedChoice(OrderId Instruction, OrderId? Order, DateTimeOffset At, Explanation Explanation);
