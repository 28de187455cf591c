using PaymentEngine.Core;
using PaymentEngine.Routing.Book;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Runtime.Directory;
using PaymentEngine.Store.Routing;

namespace PaymentEngine.Runtime.Routing;

/// <summary>
/// Where operations put versions into force (C17): one person asks, another agrees, at once or from a moment on. A return
/// to what was in force before was agreed to then, and needs nobody else now.
/// </summary>
public sealed class RoutingDesk(RoutingStore store, RoutingHolder routing, DirectoryHolder directory, BusinessCalendar calendar, TimeProvider clock)
{
    /// <summary>For clocks that differ. Whoever names an earlier moment has mistaken the day, and would have put it into force at once.</summary>
    private static readonly TimeSpan StillNow = TimeSpan.FromMinutes(5);

    /// <summary>As this node decides by it.</summary>
    public CompiledRouting Compiled => routing.Compiled;

    /// <summary>In the order in which they were asked for.</summary>
    public Task<List<RoutingActivation>> HistoryAsync(CancellationToken ct) => store.HistoryAsync(ct);

    public Task<RoutingResult> RequestAsync(RequestActivation command, RoutingWord word, CancellationToken ct) =>
        AddAsync(new RoutingVersionId(command.Item, command.Version), word, (heads, now) =>
        {
            if (command.From < now - StillNow)
            {
                return (null, RoutingRefusals.FromIsPast);
            }

            var from = command.From > now ? command.From.Value.ToUniversalTime() : now;
            var asked = new RoutingActivation(0, command.Item, command.Version, command.Share, from, IsRollback: false, command.Comment, word.Actor, now);
            return asked.IsTrial && RoutingInForce.At(from, heads.Activations).Of(command.Item).Active == 0
                ? (null, RoutingRefusals.NothingActive)
                : (asked, string.Empty);
        }, ct);

    public Task<RoutingResult> RollBackAsync(RequestRollback command, RoutingWord word, CancellationToken ct) =>
        AddAsync(command.Version is { } wanted ? new RoutingVersionId(command.Item, wanted) : null, word, (heads, now) =>
        {
            var standing = RoutingInForce.At(now, heads.Activations).Of(command.Item);
            if (command.Version is null && standing is { Active: 0, OnTrial: 0 })
            {
                return (null, RoutingRefusals.NothingToRollBack);
            }

            // What was done last is taken back: a trial, or else the version that is active.
            var version = command.Version ?? (standing.OnTrial > 0 ? standing.Active : standing.LastGood);
            return version > 0 && !heads.Activations.Any(it => it.Item == command.Item && it.Version == version && !it.IsTrial && it.EffectiveAt <= now)
                ? (null, RoutingRefusals.NeverInForce)
                : (new RoutingActivation(0, command.Item, version, 100, now, IsRollback: true, command.Comment, word.Actor, now), string.Empty);
        }, ct);

    /// <summary>The number of the request is the key: to approve it again is to be told again what came of it.</summary>
    public async Task<RoutingResult> ApproveAsync(long id, string actor, CancellationToken ct)
    {
        await using var write = await store.WriteAsync(ct);
        if (await write.FindAsync(id, ct) is not { } asked)
        {
            return new RoutingResult.Refused(RoutingRefusals.ActivationNotFound);
        }

        if (asked.Approval is not null || asked.IsRollback)
        {
            return new RoutingResult.Stored(asked);
        }

        if (asked.Withdrawal is not null)
        {
            return new RoutingResult.Refused(RoutingRefusals.ActivationWithdrawn);
        }

        if (asked.RequestedBy == actor)
        {
            return new RoutingResult.Refused(RoutingRefusals.SecondPersonNeeded);
        }

        var now = clock.GetUtcNow();
        if (Errors(asked, await write.HeadsAsync(now, new(asked.Item, asked.Version), ct), now) is { Count: > 0 } errors)
        {
            return new RoutingResult.Unfit(errors);
        }

        var approval = new RoutingVerdict(actor, now);
        await write.ApproveAsync(id, approval, ct);
        return await DoneAsync(write, asked with { Approval = approval }, ct);
    }

    /// <summary>Before it is in force, anybody takes a request back, approved or not: nothing changes by that.</summary>
    public async Task<RoutingResult> WithdrawAsync(long id, string actor, CancellationToken ct)
    {
        await using var write = await store.WriteAsync(ct);
        if (await write.FindAsync(id, ct) is not { } asked)
        {
            return new RoutingResult.Refused(RoutingRefusals.ActivationNotFound);
        }

        var now = clock.GetUtcNow();
        if (asked.EffectiveAt <= now)
        {
            return new RoutingResult.Refused(RoutingRefusals.ActivationInForce);
        }

        if (asked.Withdrawal is not null)
        {
            return new RoutingResult.Stored(asked);
        }

        var withdrawal = new RoutingVerdict(actor, now);
        await write.WithdrawAsync(id, withdrawal, ct);
        return await DoneAsync(write, asked with { Withdrawal = withdrawal }, ct);
    }

    /// <summary>The same key is the same request, once and for all; what it asks for is held against the book as it is then.</summary>
    private async Task<RoutingResult> AddAsync(
        RoutingVersionId? wanted, RoutingWord word, Func<RoutingHeads, DateTimeOffset, (RoutingActivation? Asked, string Refusal)> decide, CancellationToken ct)
    {
        await using var write = await store.WriteAsync(ct);
        if (await write.FindActivationAsync(word.Actor, word.Key, ct) is { } before)
        {
            return before.BodyHash.AsSpan().SequenceEqual(word.BodyHash)
                ? new RoutingResult.Stored((await write.FindAsync(before.Id, ct))!)
                : new RoutingResult.Refused(RoutingRefusals.KeyReused);
        }

        var now = clock.GetUtcNow();
        var heads = await write.HeadsAsync(now, wanted, ct);
        if (wanted is { Version: > 0 } id && !heads.Versions.ContainsKey(id))
        {
            return new RoutingResult.Refused(RoutingRefusals.VersionNotFound);
        }

        var (asked, refusal) = decide(heads, now);
        if (asked is null)
        {
            return new RoutingResult.Refused(refusal);
        }

        return Errors(asked, heads, now) is { Count: > 0 } errors
            ? new RoutingResult.Unfit(errors)
            : await DoneAsync(write, await write.AddAsync(asked, word.Key, word.BodyHash, ct), ct);
    }

    private IReadOnlyList<SetupError> Errors(RoutingActivation asked, RoutingHeads heads, DateTimeOffset now) =>
        new BookCheck(calendar, directory.Current).Of(asked, heads, now);

    private async Task<RoutingResult> DoneAsync(RoutingWrite write, RoutingActivation stored, CancellationToken ct)
    {
        await write.CommitAsync(ct);

        // This node decides by it from now on, the others with their next look.
        await directory.RefreshAsync(ct);
        return new RoutingResult.Stored(stored);
    }
}
