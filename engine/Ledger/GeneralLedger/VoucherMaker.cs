using PaymentEngine.Core;
using PaymentEngine.Scripting;

namespace PaymentEngine.Ledger.GeneralLedger;

/// <summary>
/// Makes vouchers of postings (A8). A template may split, join and explain what the ledger moved; on each subject it
/// moves the same, or there is no voucher: so ledger and general ledger agree by construction. One maker per thread.
/// </summary>
public sealed class VoucherMaker(Chart chart)
{
    private readonly LegSums _sums = new(chart.Variables.Count);
    private readonly List<Currency> _currencies = [];
    private readonly Dictionary<string, Int128> _open = new(StringComparer.Ordinal);

    /// <param name="template">Null for a kind of which no template speaks: each leg becomes a line on its account's subject.</param>
    public VoucherResult Make(PostedLegs posting, CompiledTemplate? template)
    {
        var lines = new List<VoucherLine>(template?.Lines.Count ?? posting.Legs.Count);
        foreach (var currency in CurrenciesOf(posting))
        {
            var first = lines.Count;
            if ((template is null ? AddLegs(posting, currency, lines) : AddLines(posting, currency, template, lines)) is { } fault
                || (fault = FaultOf(posting, currency, lines, first)) is not null)
            {
                return new VoucherResult.Fault(posting, fault);
            }
        }

        return new VoucherResult.Made(new Voucher(posting, template?.Version, lines));
    }

    private List<Currency> CurrenciesOf(PostedLegs posting)
    {
        _currencies.Clear();
        foreach (var leg in posting.Legs)
        {
            if (!_currencies.Contains(leg.Currency))
            {
                _currencies.Add(leg.Currency);
            }
        }

        return _currencies;
    }

    private static string? AddLegs(PostedLegs posting, Currency currency, List<VoucherLine> lines)
    {
        foreach (var leg in posting.Legs)
        {
            if (leg.AmountMinor == long.MinValue)
            {
                return $"leg {leg.Leg} does not fit into a line";
            }

            if (leg.Currency == currency)
            {
                var side = leg.AmountMinor < 0 ? LedgerSide.Debit : LedgerSide.Credit;
                lines.Add(new VoucherLine(side, leg.Subject, new Money(Math.Abs(leg.AmountMinor), currency), null));
            }
        }

        return null;
    }

    private string? AddLines(PostedLegs posting, Currency currency, CompiledTemplate template, List<VoucherLine> lines)
    {
        if (AddUp(posting, currency) is { } reason)
        {
            return reason;
        }

        for (var i = 0; i < template.Lines.Count; i++)
        {
            var line = template.Lines[i];
            decimal amount;
            try
            {
                amount = line.Amount.EvaluateNumber(_sums);
            }
            catch (ScriptException failed)
            {
                return $"template version {template.Version}, line {i + 1}: {line.Explain(failed)}";
            }

            if (amount < 0 || amount > long.MaxValue || amount != decimal.Truncate(amount))
            {
                return $"template version {template.Version}, line {i + 1}: `{line.Written.Amount}` is {amount}, which is no amount in minor units of {currency}";
            }

            if (amount != 0)
            {
                lines.Add(new VoucherLine(line.Side, line.Written.Subject, new Money((long)amount, currency), line.Written.Summary));
            }
        }

        return null;
    }

    private string? AddUp(PostedLegs posting, Currency currency)
    {
        _sums.Clear();
        foreach (var leg in posting.Legs)
        {
            if (leg.Currency != currency)
            {
                continue;
            }

            var kind = chart.Variables.IndexOf(leg.AccountKind);
            if (kind < 0)
            {
                return $"leg {leg.Leg} is on an account of the kind {leg.AccountKind}, which is not in the chart";
            }

            try
            {
                _sums.Add(kind, leg.AmountMinor);
            }
            catch (OverflowException)
            {
                return $"the legs in {currency} add up to more than a number can hold";
            }
        }

        return null;
    }

    /// <summary>In balance, and on each subject what the ledger moved.</summary>
    private string? FaultOf(PostedLegs posting, Currency currency, List<VoucherLine> lines, int first)
    {
        if (lines.Count == first)
        {
            return $"no line is left in {currency}";
        }

        Int128 debits = 0, credits = 0;
        _open.Clear();
        for (var i = first; i < lines.Count; i++)
        {
            var line = lines[i];
            _ = line.Side == LedgerSide.Debit ? debits += line.Amount.Minor : credits += line.Amount.Minor;
            _open[line.Subject] = _open.GetValueOrDefault(line.Subject) + line.SignedMinor;
        }

        foreach (var leg in posting.Legs)
        {
            if (leg.Currency == currency)
            {
                _open[leg.Subject] = _open.GetValueOrDefault(leg.Subject) - leg.AmountMinor;
            }
        }

        if (debits != credits)
        {
            return $"debits are {Text(debits, currency)} and credits {Text(credits, currency)} {currency}";
        }

        foreach (var (subject, difference) in _open)
        {
            if (difference != 0)
            {
                return $"on {subject} it is {Text(Int128.Abs(difference), currency)} {currency} more {(difference > 0 ? "credit" : "debit")} than the ledger moved";
            }
        }

        return null;
    }

    private static string Text(Int128 minor, Currency currency) =>
        minor > long.MaxValue ? $"{minor} minor units" : new Money((long)minor, currency).ToString();
}
