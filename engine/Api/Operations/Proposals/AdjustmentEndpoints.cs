using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Runtime.Proposals;

namespace PaymentEngine.Api.Operations.Proposals;

/// <summary>Bookings by hand (A10).</summary>
internal sealed class AdjustmentEndpoints(AdjustmentDesk desk)
    : ProposalEndpoints<RequestAdjustment, AdjustmentContent, AdjustmentView>(desk, "/ops/v1/ledger/adjustments")
{
    protected override OrProblem<RequestAdjustment> Read(ReadOnlySpan<byte> body, string actor) => AdjustmentReader.Read(body, actor);

    protected override byte[] Write(AdjustmentView view) => AdjustmentWriter.Write(view);

    protected override byte[] Write(IReadOnlyList<AdjustmentView> views) => AdjustmentWriter.Write(views);

    protected override Problem ProblemOf(string code) => ProposalProblems.OfAdjustment(code);
}
