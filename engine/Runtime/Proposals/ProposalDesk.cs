using Microsoft.Extensions.Logging;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Store.Numbers;
using PaymentEngine.Store.Proposals;

namespace PaymentEngine.Runtime.Proposals;

/// <summary>
/// What needs two (P2): one person asks, another agrees to exactly what he saw, and it is done. That he agreed is stored
/// first; doing it has a key of its own in the ledger, or marks it as done in the same commit, so whoever comes after a
/// crash in between finishes it and nobody does it twice.
/// </summary>
public abstract class ProposalDesk<TWanted, TContent, TView>(
    ProposalKind kind, ProposalStore<TContent> proposals, ILedgerDesk ledger, NumberSource numbers, TimeProvider clock, ILogger log)
    where TContent : IProposalContent
    where TView : class
{
    private const int MostAtOnce = 50;

    public ProposalKind Kind => kind;

    public async Task<TView?> FindAsync(OrderId id, CancellationToken ct) =>
        await proposals.FindAsync(id, ct) is { } proposal ? await ViewAsync(proposal, ct) : null;

    public async Task<IReadOnlyList<TView>> ListAsync(bool all, OrderId after, int limit, CancellationToken ct)
    {
        var views = new List<TView>();
        foreach (var proposal in await proposals.ListAsync(all, after, limit, ct))
        {
            views.Add(await ViewAsync(proposal, ct));
        }

        return views;
    }

    public async Task<ProposalResult<TView>> RequestAsync(TWanted wanted, string actor, string key, byte[] bodyHash, CancellationToken ct)
    {
        if (await proposals.FindAsync(actor, key, ct) is { } before)
        {
            return await RepeatedAsync(before, bodyHash, ct);
        }

        switch (await ExamineAsync(wanted, ct))
        {
            case Examination<TContent>.Refused(var code):
                return new ProposalResult<TView>.Refused(code);
            case Examination<TContent>.Unfit(var faults):
                return new ProposalResult<TView>.Unfit(faults);
            case Examination<TContent>.Fit(var content):
                var id = await numbers.TakeIdAsync(clock.GetUtcNow());
                return await RepeatedAsync(await proposals.AddAsync(new NewProposal<TContent>(id, content, actor, key, bodyHash), ct), bodyHash, ct);
            case var other:
                throw new InvalidOperationException($"the examination came to {other}");
        }
    }

    /// <param name="contentHash">Of what he saw.</param>
    public async Task<ProposalResult<TView>> ApproveAsync(OrderId id, byte[] contentHash, string actor, CancellationToken ct)
    {
        await using var hearing = await proposals.HearAsync(id, ct);
        if (await hearing.ReadAsync(ct) is not { } proposal)
        {
            return new ProposalResult<TView>.Refused(ProposalRefusals.NotFound(kind));
        }

        if (proposal.Done is not null)
        {
            return await StoredAsync(proposal, ct);
        }

        if (SecondPerson.ToApproval(proposal, actor, contentHash) is var objection and not Objection.None)
        {
            return Refused(objection);
        }

        if (proposal.Verdict == Verdict.None)
        {
            await hearing.ApproveAsync(actor, ct);
            log.LogInformation("{Actor} has approved {Kind} {Proposal}", actor, kind.Noun, kind.NumberOf(id));
        }

        // From here on it is decided, whether anybody still waits for the answer or not.
        return await CarryOutAsync(hearing, (await hearing.ReadAsync(CancellationToken.None))!);
    }

    public async Task<ProposalResult<TView>> RefuseAsync(OrderId id, string remark, string actor, CancellationToken ct)
    {
        await using var hearing = await proposals.HearAsync(id, ct);
        return await hearing.ReadAsync(ct) switch
        {
            null => new ProposalResult<TView>.Refused(ProposalRefusals.NotFound(kind)),
            { Verdict: Verdict.Refused } refused => await StoredAsync(refused, ct),
            var asked when SecondPerson.ToRefusal(asked, actor) is var objection and not Objection.None => Refused(objection),
            _ when !await hearing.RefuseAsync(actor, remark, ct) => Refused(Objection.Approved),
            _ => await StoredAsync((await hearing.ReadAsync(ct))!, ct),
        };
    }

    /// <summary>Does what was agreed to and is not done: a process died in between, or the ledger could not be reached.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        foreach (var id in await proposals.UndoneAsync(MostAtOnce, ct))
        {
            await using var hearing = await proposals.TryHearAsync(id, ct);
            if (hearing is not null && await hearing.ReadAsync(ct) is { Verdict: Verdict.Approved, Done: null } proposal)
            {
                await CarryOutAsync(hearing, proposal);
            }
        }
    }

    protected abstract Task<Examination<TContent>> ExamineAsync(TWanted wanted, CancellationToken ct);

    /// <summary>With all that somebody has to see before he agrees to it.</summary>
    protected abstract Task<TView> ViewAsync(Proposal<TContent> proposal, CancellationToken ct);

    /// <summary>What stands against doing it now; null when nothing does. The ledger may still say no.</summary>
    protected abstract Task<string?> ObstacleAsync(Proposal<TContent> proposal, CancellationToken ct);

    /// <summary>Null for what is not the ledger's to do.</summary>
    protected abstract LedgerRequest? ToRequest(Proposal<TContent> proposal);

    /// <summary>Does what is not the ledger's to do, and marks it as done, in one commit; returns what stood against it.</summary>
    protected virtual Task<string?> ApplyAsync(Proposal<TContent> proposal) =>
        throw new InvalidOperationException($"everything of {kind.Noun} is the ledger's to do");

    private async Task<ProposalResult<TView>> CarryOutAsync(Hearing<TContent> hearing, Proposal<TContent> proposal)
    {
        if (!proposal.IsWhole)
        {
            log.LogCritical("the content of {Kind} {Proposal} is not what was asked for", kind.Noun, kind.NumberOf(proposal.Id));
            return await ReopenedAsync(hearing, ProposalRefusals.ContentChanged);
        }

        // Whoever died after the ledger had it finds the world changed by this very proposal.
        if (await ObstacleAsync(proposal, CancellationToken.None) is { } obstacle && !await hearing.IsBookedAsync(CancellationToken.None))
        {
            return await ReopenedAsync(hearing, obstacle);
        }

        return ToRequest(proposal) is { } request ? await BookAsync(hearing, proposal, request)
            : await ApplyAsync(proposal) is { } refusal ? await ReopenedAsync(hearing, refusal)
            : await NowAsync(hearing);
    }

    private async Task<ProposalResult<TView>> BookAsync(Hearing<TContent> hearing, Proposal<TContent> proposal, LedgerRequest request)
    {
        switch (await ledger.PostAsync(request, CancellationToken.None))
        {
            case LedgerResult.Posted:
                await hearing.BookedAsync(CancellationToken.None);
                break;
            case LedgerResult.Refused(var reason, _, var detail):
                await hearing.ReopenAsync($"{SnakeCase.Of(reason)}: {detail}", CancellationToken.None);
                return new ProposalResult<TView>.RefusedByLedger(reason, detail);
            case LedgerResult.KeyConflict(var first):
                log.LogCritical(
                    "posting {Posting} has the key of {Kind} {Proposal}", LedgerNumber.OfPosting(first), kind.Noun, kind.NumberOf(proposal.Id));
                return await ReopenedAsync(hearing, ProposalRefusals.LedgerKeyConflict);
            case LedgerResult.Unavailable(var why):
                log.LogWarning("{Kind} {Proposal} is done later: {Why}", kind.Noun, kind.NumberOf(proposal.Id), why);
                break;
        }

        return await NowAsync(hearing);
    }

    private static async Task<ProposalResult<TView>> ReopenedAsync(Hearing<TContent> hearing, string code)
    {
        await hearing.ReopenAsync(code, CancellationToken.None);
        return new ProposalResult<TView>.Refused(code);
    }

    private ProposalResult<TView>.Refused Refused(Objection objection) => new(ProposalRefusals.Of(objection, kind));

    /// <summary>The same key is the same request, once and for all (O13).</summary>
    private async Task<ProposalResult<TView>> RepeatedAsync(Proposal<TContent> proposal, byte[] bodyHash, CancellationToken ct) =>
        proposal.BodyHash.AsSpan().SequenceEqual(bodyHash)
            ? await StoredAsync(proposal, ct)
            : new ProposalResult<TView>.Refused(ProposalRefusals.KeyReused);

    private async Task<ProposalResult<TView>> NowAsync(Hearing<TContent> hearing) =>
        await StoredAsync((await hearing.ReadAsync(CancellationToken.None))!, CancellationToken.None);

    private async Task<ProposalResult<TView>> StoredAsync(Proposal<TContent> proposal, CancellationToken ct) =>
        new ProposalResult<TView>.Stored(await ViewAsync(proposal, ct));
}
