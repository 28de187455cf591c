using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Runtime.Proposals;

namespace PaymentEngine.Api.Operations.Proposals;

/// <summary>What gives somebody more to spend (P2).</summary>
internal sealed class ChangeEndpoints(ChangeDesk desk) : ProposalEndpoints<WantedChange, ChangeContent, ChangeView>(desk, "/ops/v1/ledger/changes")
{
    protected override OrProblem<WantedChange> Read(ReadOnlySpan<byte> body, string actor) => ChangeReader.Read(body, actor);

    protected override byte[] Write(ChangeView view) => ChangeWriter.Write(view);

    protected override byte[] Write(IReadOnlyList<ChangeView> views) => ChangeWriter.Write(views);

    protected override Problem ProblemOf(string code) => ProposalProblems.OfChange(code);
}
