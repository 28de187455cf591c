using Microsoft.Extensions.Logging;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Store.Numbers;
using PaymentEngine.Store.Proposals;

namespace PaymentEngine.Runtime.Proposals;

/// <summary>Bookings by hand (A10).</summary>
public sealed class AdjustmentDesk(
    AdjustmentStore adjustments, AdjustmentFacts facts, ILedgerDesk ledger, NumberSource numbers, TimeProvider clock, ILogger<AdjustmentDesk> log)
    : ProposalDesk<RequestAdjustment, AdjustmentContent, AdjustmentView>(ProposalKind.Adjustment, adjustments, ledger, numbers, clock, log)
{
    protected override async Task<Examination<AdjustmentContent>> ExamineAsync(RequestAdjustment wanted, CancellationToken ct)
    {
        var legs = wanted.Legs;
        if (!wanted.Reverses.IsNone)
        {
            if (await facts.ReversedAsync(wanted.Reverses, ct) is not { } reversed)
            {
                return new Examination<AdjustmentContent>.Refused(AdjustmentRefusals.PostingNotFound);
            }

            if (reversed.Refusal is { } refusal)
            {
                return new Examination<AdjustmentContent>.Refused(refusal);
            }

            if (legs.Count > 0 && !AdjustmentChecks.IsSame(legs, reversed.Turned))
            {
                return new Examination<AdjustmentContent>.Unfit([AdjustmentChecks.OtherLegs]);
            }

            legs = reversed.Turned;
        }

        var (capture, unfit) = await facts.CaptureAsync(wanted.Captures, legs, ct);
        IReadOnlyList<ContentFinding> faults = [.. await facts.FaultsAsync(legs, takesBack: !wanted.Reverses.IsNone, ct), .. unfit];
        return faults.Count > 0
            ? new Examination<AdjustmentContent>.Unfit(faults)
            : new Examination<AdjustmentContent>.Fit(new AdjustmentContent(wanted.Reason, legs, wanted.Reverses) { Captures = capture });
    }

    protected override Task<AdjustmentView> ViewAsync(Proposal<AdjustmentContent> proposal, CancellationToken ct) => facts.ViewAsync(proposal, ct);

    /// <summary>Of accounts and holds the ledger knows best; of open items it knows nothing.</summary>
    protected override async Task<string?> ObstacleAsync(Proposal<AdjustmentContent> proposal, CancellationToken ct) =>
        (await facts.ItemWarningsAsync(proposal.Content, ct)).FirstOrDefault()?.Code;

    protected override LedgerRequest ToRequest(Proposal<AdjustmentContent> proposal) => proposal.Content.ToRequest(proposal.Id, proposal.People);
}
