using System.Runtime.CompilerServices;
using MassTransit;
using MassTransit.SagaStateMachine;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Workflows;
using PaymentEngine.Workflows.Diagrams;
using PaymentEngine.Workflows.Driver;
using Xunit;

namespace PaymentEngine.Tests.Unit.Workflows;

public sealed class LifecycleTests
{
    private static readonly Lifecycle Trade = Lifecycle.Of(new TradeMachine());
    private static readonly Lifecycle Payment = Lifecycle.Of(new PaymentMachine());
    private static readonly Lifecycle Instruction = Lifecycle.Of(new InstructionMachine());
    private static readonly Lifecycle Institution = Lifecycle.Of(new InstitutionOrderMachine());

    [Fact]
    public void machines_declare_the_states_that_are_stored()
    {
        Assert.Equal(TradeStates.All.Order(), Trade.States.Order());
        Assert.Equal(PaymentStates.All.Order(), Payment.States.Order());
        Assert.Equal(InstructionStates.All.Order(), Instruction.States.Order());
        Assert.Equal(InstitutionOrderStates.All.Order(), Institution.States.Order());
    }

    [Fact]
    public void every_message_is_the_event_of_its_name_in_exactly_one_lifecycle()
    {
        var messages = typeof(TradeMachine).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(OrderMessage)) && !type.IsAbstract)
            .Select(type => type.Name);

        Assert.Equal(messages.Order(), new[] { Trade, Payment, Instruction, Institution }.SelectMany(one => one.Events).Order());
    }

    [Fact]
    public void every_event_is_listed_in_every_state_of_a_trade() => AssertUnlisted(Trade,
        // A trade is opened once.
        "OpenTrade in AwaitingPayment, Paying, Paid, Closing, Closed",
        // Whether a payment may start, and whether a trade may be revised, closed or rerouted, is refused before.
        "StartPayment in Paid, Closing, Closed",
        "ReviseTrade in Paid, Closing, Closed",
        "CloseTrade in Paid",
        "RerouteByHand in Paying, Paid, Closing, Closed",
        // Only what was paid is given back, and a paid trade stays paid.
        "RefundTrade in AwaitingPayment, Paying, Closing, Closed",
        "RefundSucceeded in AwaitingPayment, Paying, Closing, Closed",
        "RefundFailed in AwaitingPayment, Paying, Closing, Closed",
        // Only what is in flight can succeed or fail, and what succeeds too late comes on top.
        "PaymentSucceeded in AwaitingPayment, Paid, Closed",
        "PaymentFailed in AwaitingPayment");

    [Fact]
    public void every_event_is_listed_in_every_state_of_a_payment() => AssertUnlisted(Payment,
        "BeginPayment in Processing, AwaitingPosting, Succeeded, Surplus, Failed",
        "BeginRefund in Processing, AwaitingPosting, Succeeded, Surplus, Failed",
        "BeginMerchantRefund in Processing, AwaitingPosting, Succeeded, Surplus, Failed",
        // A leg ends once: what moves after its end comes on top.
        "LegSucceeded in AwaitingPosting, Succeeded, Surplus, Failed",
        "LegFailed in AwaitingPosting, Succeeded, Surplus, Failed");

    [Fact]
    public void every_event_is_listed_in_every_state_of_an_instruction() => AssertUnlisted(Instruction,
        "BeginInstruction in Processing, Succeeded, Failed",
        // Its only part ends once: contradictions stop at the institution order.
        "NoChannelFound in Succeeded, Failed",
        "RerouteDeclined in Succeeded, Failed",
        "PartSucceeded in Succeeded, Failed",
        "PartFailed in Succeeded, Failed");

    [Fact]
    public void every_event_is_listed_in_every_state_of_an_institution_order() => AssertUnlisted(Institution,
        "CreateInstitutionOrder in Ready, Sending, Accepted, Unknown, OnWorkList, Succeeded, Failed");

    [Fact]
    public void only_the_creation_is_listed_before_an_order_exists()
    {
        Assert.Equal(["OpenTrade"], ListedIn(Trade, Order.Initial));
        Assert.Equal(["BeginPayment", "BeginRefund", "BeginMerchantRefund"], ListedIn(Payment, Order.Initial));
        Assert.Equal(["BeginInstruction"], ListedIn(Instruction, Order.Initial));
        Assert.Equal(["CreateInstitutionOrder"], ListedIn(Institution, Order.Initial));
    }

    [Fact]
    public void the_table_agrees_with_the_graph_that_MassTransit_draws()
    {
        AssertSameArrows(new TradeMachine());
        AssertSameArrows(new PaymentMachine());
        AssertSameArrows(new InstructionMachine());
        AssertSameArrows(new InstitutionOrderMachine());
    }

    [Fact]
    public void the_pages_of_the_lifecycles_are_fresh()
    {
        foreach (var page in LifecyclePage.All)
        {
            var file = Path.Combine(PagesFolder(), page.FileName);
            if (Environment.GetEnvironmentVariable("UPDATE_LIFECYCLES") == "1")
            {
                Directory.CreateDirectory(PagesFolder());
                File.WriteAllText(file, page.ToMarkdown());
            }

            Assert.True(File.Exists(file), $"{file} is missing; run this test with UPDATE_LIFECYCLES=1");
            Assert.True(page.ToMarkdown() == File.ReadAllText(file), $"{file} is stale; run this test with UPDATE_LIFECYCLES=1");
        }
    }

    private static void AssertUnlisted(Lifecycle lifecycle, params string[] onPurpose)
    {
        var unlisted = lifecycle.Events
            .Select(@event => (@event, States: lifecycle.States.Where(state => !ListedIn(lifecycle, state).Contains(@event))))
            .Where(gap => gap.States.Any())
            .Select(gap => $"{gap.@event} in {string.Join(", ", gap.States)}");

        Assert.Equal(onPurpose.Order(), unlisted.Order());
    }

    private static IEnumerable<string> ListedIn(Lifecycle lifecycle, string state) =>
        lifecycle.Entries.Where(entry => entry.State == state).Select(entry => entry.Event);

    /// <summary>The graph folds the arrows of all states through one vertex per event; folded so, ours must be the same.</summary>
    private static void AssertSameArrows<TOrder>(OrderMachine<TOrder> machine)
        where TOrder : Order
    {
        var entries = Lifecycle.Of(machine).Entries;
        var ours = entries.SelectMany(entry => entry.Targets.Where(target => target != entry.State).Select(target => (entry.Event, target)));
        var theirs = machine.GetGraph().Edges.Where(edge => edge.To.VertexType == typeof(State)).Select(edge => (edge.From.Title, edge.To.Title));

        // An arrow of theirs may lead back to the state where it began, which in ours is no arrow but a stay.
        Assert.Subset(theirs.ToHashSet(), ours.ToHashSet());
        Assert.All(theirs.Except(ours), back => Assert.Contains(entries, entry => entry.Event == back.Item1 && entry.State == back.Item2));
    }

    private static string PagesFolder([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../../docs/lifecycles"));
}
