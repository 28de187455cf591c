using Npgsql;
using PaymentEngine.Ledger.GeneralLedger;

namespace PaymentEngine.Store.GeneralLedger;

/// <summary>The templates in force, compiled once for as long as they and the chart stay.</summary>
internal sealed class TemplatesInForce(ChartStore charts)
{
    private readonly Dictionary<(string Kind, int Version), Compiled> _compiled = [];

    private readonly AccountSubjects _subjects = new();

    private Dictionary<string, Compiled> _byKind = [];

    private Chart? _chart;

    private VoucherMaker? _maker;

    public async Task RefreshAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var chart = await charts.ReadAsync(connection, cancellation);
        if (_chart != chart)
        {
            (_chart, _maker) = (chart, new VoucherMaker(chart));
            _compiled.Clear();
        }

        var byKind = new Dictionary<string, Compiled>(StringComparer.Ordinal);
        foreach (var template in await TemplateStore.InForceAsync(connection, cancellation))
        {
            var key = (template.Kind, template.Version);
            if (!_compiled.TryGetValue(key, out var compiled))
            {
                _compiled.Add(key, compiled = Compile(template, chart));
            }

            byKind.Add(template.Kind, compiled);
        }

        _byKind = byKind;
    }

    /// <summary>Makes and writes the vouchers of these postings; whoever calls has the mark, and has refreshed.</summary>
    public async Task<VoucherPortion> WriteAsync(NpgsqlConnection connection, LegRows rows, CancellationToken cancellation)
    {
        var portion = new VoucherPortion(rows.Day);
        foreach (var posting in await rows.InOrderAsync(_subjects, connection, cancellation))
        {
            portion.Add(Make(posting));
        }

        await portion.WriteAsync(connection, cancellation);
        return portion;
    }

    /// <summary>A template that was good when it was accepted, and no longer fits the chart, makes no voucher of anything.</summary>
    private VoucherResult Make(PostedLegs posting) => _byKind.GetValueOrDefault(posting.Kind) switch
    {
        { Template: null } unfit => new VoucherResult.Fault(posting, unfit.Why!),
        var fit => _maker!.Make(posting, fit?.Template),
    };

    private static Compiled Compile(VoucherTemplate template, Chart chart) =>
        CompiledTemplate.TryCompile(template, chart, out var compiled, out var errors)
            ? new Compiled(compiled, null)
            : new Compiled(null, $"template version {template.Version} does not hold together: {errors[0].Message}");

    private sealed record Compiled(CompiledTemplate? Template, string? Why);
}
