using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Submit;
using PaymentEngine.Runtime.Units;
using PaymentEngine.Store.Orders;
using PaymentEngine.Store.Reroutes;
using PaymentEngine.Workflows.Decisions;
using PaymentEngine.Workflows.Messages;

namespace PaymentEngine.Runtime.Reroutes;

/// <summary>
/// Reroutes by hand (C14): one person asks, with evidence; another agrees, and the leg goes elsewhere in that commit. A
/// request holds nothing back: what makes it safe is looked at again when somebody agrees.
/// </summary>
public sealed class RerouteDesk(RerouteRequestStore requests, FamilyLoader families, DecisionDesk desk)
{
    public Task<IReadOnlyList<StoredReroute>> ListAsync(CancellationToken ct) => requests.ListAsync(ct);

    public async Task<RerouteResult> RequestAsync(
        OrderId trade, RequestReroute command, string actor, string key, byte[] bodyHash, CancellationToken ct)
    {
        if (await requests.FindAsync(actor, key, ct) is { } before)
        {
            return Repeated(before, bodyHash);
        }

        if (await families.LoadAsync(trade) is not { } family)
        {
            return new RerouteResult.Refused(RerouteRefusals.TradeNotFound);
        }

        if (Refuse(family, command.Order, command.Evidence, desk.Now) is { } refusal)
        {
            return new RerouteResult.Refused(refusal);
        }

        var request = new NewReroute(trade, command.Order, command.Evidence, command.Note, actor, desk.Now, key, bodyHash);
        return Repeated(await requests.AddAsync(request, ct), bodyHash);
    }

    public async Task<RerouteResult> ApproveAsync(long id, string actor, CancellationToken ct)
    {
        var request = await requests.FindAsync(id, ct);
        if (request is null)
        {
            return new RerouteResult.Refused(RerouteRefusals.RequestNotFound);
        }

        if (request.Approval is not null)
        {
            return new RerouteResult.Stored(request);
        }

        if (request.RequestedBy == actor)
        {
            return new RerouteResult.Refused(RerouteRefusals.SecondPersonNeeded);
        }

        string? refusal = null;
        var people = $"{request.RequestedBy}, approved by {actor}";
        var decided = await desk.DecideAsync(request.Trade, known: null, new Cause(people, RequestSerial: null), unit =>
        {
            refusal = Reroute(unit, request, people, actor);
            return refusal is null;
        });

        // Two who agree at the same instant are both told what came of it; only one of them moved it.
        var now = await requests.FindAsync(id, ct);
        return now is { Approval: not null } ? new RerouteResult.Stored(now)
            : decided.Family is null ? new RerouteResult.Refused(RerouteRefusals.TradeNotFound)
            : new RerouteResult.Refused(refusal ?? RerouteRefusals.Unavailable);
    }

    /// <summary>The same key is the same request, once and for all (O13).</summary>
    private static RerouteResult Repeated(StoredReroute stored, byte[] bodyHash) =>
        stored.BodyHash.AsSpan().SequenceEqual(bodyHash)
            ? new RerouteResult.Stored(stored)
            : new RerouteResult.Refused(RerouteRefusals.KeyReused);

    private string? Reroute(UnitOfWork unit, StoredReroute request, string people, string approver)
    {
        if (Refuse(unit.Family, request.Order, request.Evidence, unit.Now) is { } refusal)
        {
            return refusal;
        }

        var failed = unit.Family.InstitutionOrder(request.Order);
        var leg = unit.Family.Instruction(failed.InstructionId);
        var route = unit.Choose(leg, [failed.ChannelId]);
        if (route.Channel is null)
        {
            return RerouteRefusals.NoOtherChannel;
        }

        var evidence = new Evidence(request.Evidence, request.Note);
        desk.Run(unit, new RerouteByHand(unit.Family.Trade.Id, new DecidedRoute(route, new Reroute(failed.Id, evidence, people))));
        unit.Approval = new RerouteApproval(request.Id, approver, unit.Family.InstitutionOrders[^1].Id);
        return null;
    }

    private static string? Refuse(TradeFamily family, OrderId order, EvidenceKind evidence, DateTimeOffset now) =>
        family.InstitutionOrders.Find(it => it.Id == order) is not { } failed ? RerouteRefusals.OrderNotFound
        : HandRerouteDecision.Refuse(family, failed, evidence, now)
            ?? (family.Payments.Count >= TradeChecks.MostPayments ? RerouteRefusals.TooManyPayments : null);
}
