using Microsoft.Extensions.Logging;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Store.Ledger;
using PaymentEngine.Store.Numbers;

namespace PaymentEngine.Runtime.Ledger;

/// <summary>
/// What gives somebody more to spend (P2): one person asks, another agrees to exactly what he saw, and it is done. That he
/// agreed is stored first, as with bookings by hand; doing it marks it as done in the same commit, or has a key of its own
/// in the ledger, so whoever comes after a crash in between finishes it and nobody does it twice.
/// </summary>
public sealed class ChangeDesk(
    ChangeRequestStore requests,
    ChangeFacts facts,
    AccountStore accounts,
    CustomerStore customers,
    ILedgerDesk ledger,
    NumberSource numbers,
    TimeProvider clock,
    ILogger<ChangeDesk> log)
{
    private const int MostAtOnce = 50;

    public async Task<ChangeView?> FindAsync(OrderId id, CancellationToken ct) =>
        await requests.FindAsync(id, ct) is { } stored ? await facts.ViewAsync(stored, ct) : null;

    public async Task<IReadOnlyList<ChangeView>> ListAsync(bool all, OrderId after, int limit, CancellationToken ct)
    {
        var views = new List<ChangeView>();
        foreach (var stored in await requests.ListAsync(all, after, limit, ct))
        {
            views.Add(await facts.ViewAsync(stored, ct));
        }

        return views;
    }

    public async Task<ChangeResult> RequestAsync(WantedChange wanted, string actor, string key, byte[] bodyHash, CancellationToken ct)
    {
        if (await requests.FindAsync(actor, key, ct) is { } before)
        {
            return await RepeatedAsync(before, bodyHash, ct);
        }

        switch (await facts.DecideAsync(wanted, ct))
        {
            case (_, ChangeDecision.Refuse(var code)):
                return new ChangeResult.Refused(code);
            case (var seen, ChangeDecision.Ask(var change)):
                var id = await numbers.TakeIdAsync(clock.GetUtcNow());
                var request = new NewChange(id, new ChangeContent(change, seen, wanted.Reason), actor, key, bodyHash);
                return await RepeatedAsync(await requests.AddAsync(request, ct), bodyHash, ct);
            case var other:
                throw new InvalidOperationException($"it was decided to {other}");
        }
    }

    /// <param name="contentHash">Of what he saw.</param>
    public async Task<ChangeResult> ApproveAsync(OrderId id, byte[] contentHash, string actor, CancellationToken ct)
    {
        await using var hearing = await requests.HearAsync(id, ct);
        if (await hearing.ReadAsync(ct) is not { } stored)
        {
            return new ChangeResult.Refused(ChangeRefusals.NotFound);
        }

        if (stored.AppliedAt is not null)
        {
            return await StoredAsync(stored, ct);
        }

        if (SecondPerson.ToApproval(stored, actor, contentHash) is var objection and not Objection.None)
        {
            return Refused(objection);
        }

        if (stored.Verdict == Verdict.None)
        {
            await hearing.ApproveAsync(actor, ct);
            log.LogInformation("{Actor} has approved change {Change}", actor, LedgerNumber.OfChange(id));
        }

        // From here on it is decided, whether anybody still waits for the answer or not.
        return await ApplyAsync(hearing, (await hearing.ReadAsync(CancellationToken.None))!);
    }

    public async Task<ChangeResult> RefuseAsync(OrderId id, string remark, string actor, CancellationToken ct)
    {
        await using var hearing = await requests.HearAsync(id, ct);
        return await hearing.ReadAsync(ct) switch
        {
            null => new ChangeResult.Refused(ChangeRefusals.NotFound),
            { Verdict: Verdict.Refused } refused => await StoredAsync(refused, ct),
            var asked when SecondPerson.ToRefusal(asked, actor) is var objection and not Objection.None => Refused(objection),
            _ when !await hearing.RefuseAsync(actor, remark, ct) => Refused(Objection.Approved),
            _ => await StoredAsync((await hearing.ReadAsync(ct))!, ct),
        };
    }

    /// <summary>Does what was agreed to and is not done: a process died in between, or the ledger could not be reached.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        foreach (var id in await requests.UnappliedAsync(MostAtOnce, ct))
        {
            await using var hearing = await requests.TryHearAsync(id, ct);
            if (hearing is not null && await hearing.ReadAsync(ct) is { Verdict: Verdict.Approved, AppliedAt: null } stored)
            {
                await ApplyAsync(hearing, stored);
            }
        }
    }

    private async Task<ChangeResult> ApplyAsync(ChangeHearing hearing, StoredChange stored)
    {
        if (!stored.IsWhole)
        {
            log.LogCritical("the content of change {Change} is not what was asked for", LedgerNumber.OfChange(stored.Id));
            return await ReopenedAsync(hearing, SecondPerson.ContentChanged);
        }

        if (stored.Content.Change is PowerChange.ReleaseHold release)
        {
            return await ReleaseAsync(hearing, stored, release);
        }

        var refusal = stored.Content.Change switch
        {
            PowerChange.CreditLine change => RefusalOf(await accounts.EnlargeCreditLineAsync(stored, change, CancellationToken.None)),
            PowerChange.Unfreeze change => RefusalOf(await accounts.UnfreezeAsync(stored, change, CancellationToken.None)),
            PowerChange.CustomerClass change => RefusalOf(await customers.RaiseClassAsync(stored, change, CancellationToken.None)),
            var other => throw new InvalidOperationException($"nobody knows how to do {other}"),
        };
        return refusal is null ? await NowAsync(hearing) : await ReopenedAsync(hearing, refusal);
    }

    private async Task<ChangeResult> ReleaseAsync(ChangeHearing hearing, StoredChange stored, PowerChange.ReleaseHold change)
    {
        var request = new LedgerRequest(ChangeContent.KeyOf(stored.Id), PostingKind.Hold, [])
        {
            Holds = [new HoldOrder.Release(change.Hold, change.Amount)],
            Narrative = stored.Content.Reason,
            MadeBy = stored.People,
        };

        // Whoever died after the ledger had it finds less left than was asked for: that is this very release.
        if (await facts.ObstacleAsync(stored, CancellationToken.None) is { } obstacle && !await hearing.IsBookedAsync(CancellationToken.None))
        {
            return await ReopenedAsync(hearing, obstacle);
        }

        switch (await ledger.PostAsync(request, CancellationToken.None))
        {
            case LedgerResult.Posted(var posting, _, _):
                await hearing.PostedAsync(posting, CancellationToken.None);
                break;
            case LedgerResult.Refused(var reason, _, var detail):
                await hearing.ReopenAsync($"{reason}: {detail}", CancellationToken.None);
                return new ChangeResult.RefusedByLedger(reason, detail);
            case LedgerResult.KeyConflict(var first):
                log.LogCritical("posting {Posting} has the key of change {Change}", LedgerNumber.OfPosting(first), LedgerNumber.OfChange(stored.Id));
                return await ReopenedAsync(hearing, ChangeRefusals.LedgerKeyConflict);
            case LedgerResult.Unavailable(var why):
                log.LogWarning("change {Change} is done later: {Why}", LedgerNumber.OfChange(stored.Id), why);
                break;
        }

        return await NowAsync(hearing);
    }

    private static async Task<ChangeResult> ReopenedAsync(ChangeHearing hearing, string code)
    {
        await hearing.ReopenAsync(code, CancellationToken.None);
        return new ChangeResult.Refused(code);
    }

    private static ChangeResult.Refused Refused(Objection objection) => new(objection.Code("change"));

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

    /// <summary>The same key is the same request, once and for all (O13).</summary>
    private async Task<ChangeResult> RepeatedAsync(StoredChange stored, byte[] bodyHash, CancellationToken ct) =>
        stored.BodyHash.AsSpan().SequenceEqual(bodyHash) ? await StoredAsync(stored, ct) : new ChangeResult.Refused(ChangeRefusals.KeyReused);

    private async Task<ChangeResult> NowAsync(ChangeHearing hearing) =>
        await StoredAsync((await hearing.ReadAsync(CancellationToken.None))!, CancellationToken.None);

    private async Task<ChangeResult> StoredAsync(StoredChange stored, CancellationToken ct) => new ChangeResult.Stored(await facts.ViewAsync(stored, ct));
}
