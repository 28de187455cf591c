using PaymentEngine.Core;
using PaymentEngine.Ledger.GeneralLedger;

namespace PaymentEngine.Tests.Unit.Ledger.GeneralLedger;

/// <summary>A part of the chart of accounts, and postings on it.</summary>
internal static class Charts
{
    public const string Receivable = "1122.01.01";
    public const string Merchants = "2241.01.01";
    public const string Members = "2241.01.02";
    public const string Suspense = "2241.09.01";
    public const string Fees = "6021.01.01";

    public static readonly Chart Some = new(
        [
            Of("1122", "Receivables"), Of("1122.01", "Receivable from channels"), Of(Receivable, "Collected by channels"),
            Of("2241", "Other payables"), Of("2241.01", "Balances of customers"), Of(Merchants, "Balances of merchants"),
            Of(Members, "Balances of members"), Of("2241.09", "Suspense"), Of(Suspense, "Surplus of payers"),
            Of("6021", "Fee income"), Of("6021.01", "Fees of payments"), Of(Fees, "Fees of merchants"),
        ],
        ["ChannelReceivable", "FeeIncome", "Member", "Merchant", "Suspense"]);

    private static readonly Dictionary<string, string> Subjects = new()
    {
        ["ChannelReceivable"] = Receivable, ["FeeIncome"] = Fees, ["Member"] = Members, ["Merchant"] = Merchants, ["Suspense"] = Suspense,
    };

    /// <summary>88.00 arrived, of which 0.53 are ours.</summary>
    public static PostedLegs Payment(string currency = "CNY") =>
        Posting("Payment", ("ChannelReceivable", -88_00, currency), ("Merchant", 87_47, currency), ("FeeIncome", 53, currency));

    public static PostedLegs Posting(string kind, params (string Kind, long Minor, string Currency)[] legs) => new(
        7, kind, 3, [.. legs.Select((leg, i) => new PostedLeg((short)i, leg.Kind, Subjects[leg.Kind], leg.Minor, Currency.Parse(leg.Currency)))]);

    public static CompiledTemplate Template(params string[] lines) =>
        CompiledTemplate.TryCompile(Draft(lines), Some, out var compiled, out var errors)
            ? compiled
            : throw new InvalidOperationException(string.Join("; ", errors.Select(error => error.Message)));

    public static IReadOnlyList<TemplateError> Errors(params string[] lines)
    {
        CompiledTemplate.TryCompile(Draft(lines), Some, out _, out var errors);
        return errors;
    }

    /// <summary>"Debit 1122.01.01 channel_receivable"</summary>
    private static VoucherTemplate Draft(string[] lines) => new("Payment", 4, [.. lines.Select(line => line.Split(' ', 3)).Select(
        parts => new TemplateLine(parts[0], parts[1], parts[2], null))]);

    private static Subject Of(string code, string name) => new(
        code, 1 + ((code.Length - 4) / 3), code.Length == 4 ? null : code[..^3], name, name, code[0] == '1' ? LedgerSide.Debit : LedgerSide.Credit, null);
}
