using PaymentEngine.Channels.Simulator;
using PaymentEngine.Tests.Campaign.Plans;
using PaymentEngine.Tests.Campaign.Run;
using PaymentEngine.Tests.Campaign.Shops;

namespace PaymentEngine.Tests.Campaign.Judgement;

/// <summary>
/// Decides from outside: by what merchants sent and were answered, what they were told, what the engine shows them now,
/// and what the bank knows. The engine's own word counts for its work lists and its audit.
/// </summary>
internal sealed class Judge(Plan plan, Site site, Shop shop, Counter counter)
{
    private static readonly TimeSpan ToTell = TimeSpan.FromSeconds(3);

    public async Task<Verdict> DecideAsync()
    {
        // The journal of a bank at work is complete up to its last line.
        var journal = SimulatorJournal.Read(site.JournalPath);
        var lists = await WorkLists.ReadAsync(site.Database);
        var cases = new List<Case>();
        foreach (var order in shop.Orders)
        {
            cases.Add(await CaseOfAsync(order, journal, lists));
        }

        // What changed just before it was looked at is on its way to the merchant.
        await Task.Delay(ToTell);
        var told = site.Receiver.Received.ToLookup(said => (string)said.Json["data"]!["trade"]!["merchant_order_no"]!);
        cases = [.. cases.Select(one => one with { Told = [.. told[one.Order.OrderNo]] })];

        var guilty = cases.Select(one => (Case: one, Faults: OrderRules.Faults(one, plan.Profile).ToList())).Where(one => one.Faults.Count > 0).ToList();
        var known = cases.SelectMany(one => one.Bank).Select(line => line.Number).ToHashSet();
        return new Verdict(
            [
                .. guilty.SelectMany(one => one.Faults.Select(fault => $"{one.Case.Order.OrderNo}: {fault}")),
                .. Orphans(journal, known),
                .. site.Nodes.SelectMany(node => node.StrangeEnds),
                .. await BooksAsync(),
            ],
            [.. guilty.Take(Verdict.MostTold).Select(one => one.Case.Tell())],
            cases.Count,
            cases.Count(one => one.Trade is not null && one.State == "paid"),
            cases.Count(one => one.Trade is not null && one.State == "closed"),
            [.. lists.Kinds],
            cases.Count(one => one.IsSilentContradiction));
    }

    private async Task<Case> CaseOfAsync(ShopOrder order, SimulatorJournal journal, WorkLists lists)
    {
        var trade = order.TradeNo is null ? null : (await counter.GetAsync(order, 0, "&expand=all"))?.Json;
        var bank = trade is null ? [] : Case.NumbersOf(trade).SelectMany(journal.Of).OrderBy(line => line.At).ToList();
        return new Case(order, trade, bank, Told: [], order.TradeNo is null ? null : lists.Names(order.TradeNo));
    }

    private static IEnumerable<string> Orphans(SimulatorJournal journal, HashSet<string> known) => journal.Entries
        .Where(line => line.Event is JournalEvent.Executed or JournalEvent.Refunded && !known.Contains(line.Number))
        .Select(line => $"the bank moved {line.AmountMinor} under {line.Number}, and no order shows that number");

    private async Task<IEnumerable<string>> BooksAsync()
    {
        var audit = await EngineProgram.RunAsync(site.Nodes[0].Settings, "audit");
        return audit.ExitCode == 0 ? [] : [$"the audit of run {plan.Seed}: {audit.Output}{audit.Errors}"];
    }
}

/// <summary>What the judge found.</summary>
/// <param name="Faults">None when all is well.</param>
/// <param name="Stories">All that is known of some of the orders that are wrong.</param>
/// <param name="LeftToPeople">How many for which reason.</param>
/// <param name="LeftToStatement">Executed by the bank after it had declined for good, and never told to anybody: only its statement can say so.</param>
internal sealed record Verdict(
    IReadOnlyList<string> Faults,
    IReadOnlyList<string> Stories,
    int Orders,
    int Paid,
    int Closed,
    IReadOnlyList<string> LeftToPeople,
    int LeftToStatement)
{
    public const int MostTold = 3;
}
