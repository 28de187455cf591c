using PaymentEngine.Ledger.GeneralLedger;
using PaymentEngine.Runtime.Reroutes;
using PaymentEngine.Store.GeneralLedger;

namespace PaymentEngine.Runtime.GeneralLedger;

/// <summary>Templates are written by one person and approved by another; what does not hold together is never stored.</summary>
public sealed class TemplateDesk(TemplateStore store, ChartStore charts)
{
    /// <param name="kind">Null for all.</param>
    public Task<IReadOnlyList<StoredTemplate>> ListAsync(string? kind, CancellationToken cancellation) => store.ListAsync(kind, cancellation);

    /// <summary>The next version, as a draft; the same draft again is the one that is there.</summary>
    public async Task<TemplateResult> DraftAsync(string kind, IReadOnlyList<TemplateLine> lines, string actor, CancellationToken cancellation)
    {
        if (!CompiledTemplate.TryCompile(new VoucherTemplate(kind, 0, lines), await charts.ReadAsync(cancellation), out _, out var errors))
        {
            return new TemplateResult.Unfit(errors);
        }

        var latest = (await store.ListAsync(kind, cancellation)).MaxBy(template => template.Template.Version);
        return new TemplateResult.Stored(
            latest is { ApprovedBy: null } && latest.MadeBy == actor && latest.Template.Lines.SequenceEqual(lines)
                ? latest
                : await store.AddAsync(kind, lines, actor, cancellation));
    }

    /// <summary>To approve what is approved is to be told so.</summary>
    public async Task<TemplateResult> ApproveAsync(string kind, int version, string actor, CancellationToken cancellation)
    {
        if (await store.FindAsync(kind, version, cancellation) is not { } draft)
        {
            return new TemplateResult.Refused(TemplateRefusals.NotFound);
        }

        if (draft.ApprovedBy is not null)
        {
            return new TemplateResult.Stored(draft);
        }

        if (draft.MadeBy == actor)
        {
            return new TemplateResult.Refused(RerouteRefusals.SecondPersonNeeded);
        }

        // The chart may have changed since it was written.
        return !CompiledTemplate.TryCompile(draft.Template, await charts.ReadAsync(cancellation), out _, out var errors)
            ? new TemplateResult.Unfit(errors)
            : new TemplateResult.Stored(
                await store.ApproveAsync(kind, version, actor, cancellation) ?? (await store.FindAsync(kind, version, cancellation))!);
    }
}
