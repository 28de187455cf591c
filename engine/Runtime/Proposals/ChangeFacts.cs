using PaymentEngine.Core.Proposals;
using PaymentEngine.Store.Ledger;

namespace PaymentEngine.Runtime.Proposals;

/// <summary>How things stand that somebody wants changed: for the decision, and for the second person to see.</summary>
public sealed class ChangeFacts(AccountReading accounts, CustomerReading customers)
{
    /// <summary>Whether it can be asked for, and the last change that whoever asks has seen.</summary>
    public async Task<(long Seen, ChangeDecision Decision)> DecideAsync(WantedChange wanted, CancellationToken ct)
    {
        // What is read after it is at least as new: what comes in between makes the request stale, never the reverse.
        var seen = await LastSeenAsync(wanted, ct);
        return (seen, wanted switch
        {
            WantedChange.CreditLine(var number, var line, _) => await accounts.FindAsync(number, ct) is { } account
                ? ChangeDecision.CreditLine(number, account.Standing, line)
                : new ChangeDecision.Refuse(ChangeRefusals.AccountNotFound),
            WantedChange.Unfreeze(var number, _) => await accounts.FindAsync(number, ct) is { } account
                ? ChangeDecision.Unfreeze(number, account.Standing)
                : new ChangeDecision.Refuse(ChangeRefusals.AccountNotFound),
            WantedChange.CustomerClass(var number, var to, _) => await customers.FindAsync(number, ct) is { } customer
                ? ChangeDecision.CustomerClass(number, customer.Standing, (await customers.ClassesAsync(ct)).Find(one => one.Class == to)?.Needs)
                : new ChangeDecision.Refuse(ChangeRefusals.CustomerNotFound),
            WantedChange.ReleaseHold(var id, var amount, _) => await accounts.HoldAsync(id, ct) is { } hold
                ? ChangeDecision.ReleaseHold(hold.Account, id, hold.Left, amount)
                : new ChangeDecision.Refuse(ChangeRefusals.HoldNotFound),
            _ => throw new ArgumentOutOfRangeException(nameof(wanted), wanted, "no such change"),
        });
    }

    public async Task<ChangeView> ViewAsync(Proposal<ChangeContent> stored, CancellationToken ct)
    {
        var view = new ChangeView(stored) { Obstacle = stored.Verdict == Verdict.None ? await ObstacleAsync(stored.Content, ct) : null };
        return stored.Content.Change switch
        {
            PowerChange.CreditLine(var account, _, _) => view with { Account = await accounts.FindAsync(account, ct) },
            PowerChange.Unfreeze(var account) => view with
            {
                Account = await accounts.FindAsync(account, ct),
                Freezes = await accounts.FreezesAsync(stored.Content.Seen, ct),
            },
            PowerChange.CustomerClass(var customer, _, _) => view with
            {
                Customer = await customers.FindAsync(customer, ct),
                Classes = await customers.ClassesAsync(ct),
            },
            PowerChange.ReleaseHold(var account, var hold, _, _) => view with
            {
                Account = await accounts.FindAsync(account, ct),
                Hold = await accounts.HoldAsync(hold, ct),
            },
            var other => throw new InvalidOperationException($"nobody knows how to show {other}"),
        };
    }

    /// <summary>What stands against it now: it is decided anew as if it were asked for now, and must come to the same.</summary>
    public async Task<string?> ObstacleAsync(ChangeContent content, CancellationToken ct) =>
        await DecideAsync(WantedChange.Of(content), ct) switch
        {
            (_, ChangeDecision.Refuse(var code)) => code,
            (var seen, ChangeDecision.Ask(var change)) when seen == content.Seen && change == content.Change => null,
            _ => ChangeRefusals.ChangedMeanwhile,
        };

    /// <summary>What is left of a hold only gets less, and says by itself whether it changed.</summary>
    private async Task<long> LastSeenAsync(WantedChange wanted, CancellationToken ct) => wanted switch
    {
        WantedChange.CreditLine(var number, _, _) => await accounts.LastChangeAsync(number, "CreditLine", ct),
        WantedChange.Unfreeze(var number, _) => await accounts.LastChangeAsync(number, "Frozen", ct),
        WantedChange.CustomerClass(var number, _, _) => await customers.LastChangeAsync(number, ct),
        _ => 0,
    };
}
