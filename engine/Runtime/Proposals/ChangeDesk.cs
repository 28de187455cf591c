using Microsoft.Extensions.Logging;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Runtime.Ledger;
using PaymentEngine.Store.Ledger;
using PaymentEngine.Store.Numbers;
using PaymentEngine.Store.Proposals;

namespace PaymentEngine.Runtime.Proposals;

/// <summary>What gives somebody more to spend (P2). What stands against it is looked at once more in the commit that does it.</summary>
public sealed class ChangeDesk(
    ChangeRequestStore requests,
    ChangeFacts facts,
    AccountStore accounts,
    CustomerStore customers,
    ILedgerDesk ledger,
    NumberSource numbers,
    TimeProvider clock,
    ILogger<ChangeDesk> log)
    : ProposalDesk<WantedChange, ChangeContent, ChangeView>(ProposalKind.Change, requests, ledger, numbers, clock, log)
{
    protected override async Task<Examination<ChangeContent>> ExamineAsync(WantedChange wanted, CancellationToken ct) =>
        await facts.DecideAsync(wanted, ct) switch
        {
            (_, ChangeDecision.Refuse(var code)) => new Examination<ChangeContent>.Refused(code),
            (var seen, ChangeDecision.Ask(var change)) => new Examination<ChangeContent>.Fit(new ChangeContent(change, seen, wanted.Reason)),
            var other => throw new InvalidOperationException($"it was decided to {other}"),
        };

    protected override Task<ChangeView> ViewAsync(Proposal<ChangeContent> proposal, CancellationToken ct) => facts.ViewAsync(proposal, ct);

    protected override Task<string?> ObstacleAsync(Proposal<ChangeContent> proposal, CancellationToken ct) => facts.ObstacleAsync(proposal.Content, ct);

    protected override LedgerRequest? ToRequest(Proposal<ChangeContent> proposal) => proposal.Content.Change is not PowerChange.ReleaseHold release
        ? null
        : new LedgerRequest(ChangeContent.KeyOf(proposal.Id), PostingKind.Hold, [])
        {
            Holds = [new HoldOrder.Release(release.Hold, release.Amount)],
            Narrative = proposal.Content.Reason,
            MadeBy = proposal.People,
        };

    protected override async Task<string?> ApplyAsync(Proposal<ChangeContent> proposal) => proposal.Content.Change switch
    {
        PowerChange.CreditLine change => RefusalOf(await accounts.EnlargeCreditLineAsync(proposal, change, CancellationToken.None)),
        PowerChange.Unfreeze change => RefusalOf(await accounts.UnfreezeAsync(proposal, change, CancellationToken.None)),
        PowerChange.CustomerClass change => RefusalOf(await customers.RaiseClassAsync(proposal, change, CancellationToken.None)),
        var other => throw new InvalidOperationException($"nobody knows how to do {other}"),
    };

    private static string? RefusalOf(AccountChangeResult result) => result switch
    {
        AccountChangeResult.Done or AccountChangeResult.AlreadySo => null,
        AccountChangeResult.WrongStatus => ChangeDecision.AccountStatus,
        AccountChangeResult.ChangedMeanwhile => ChangeRefusals.ChangedMeanwhile,
        _ => throw new InvalidOperationException($"no words for {result}"),
    };

    private static string? RefusalOf(ClassResult result) => result switch
    {
        ClassResult.Done or ClassResult.AlreadySo => null,
        ClassResult.NotVerified => ChangeDecision.NotVerified,
        ClassResult.ChangedMeanwhile => ChangeRefusals.ChangedMeanwhile,
        _ => throw new InvalidOperationException($"no words for {result}"),
    };
}
