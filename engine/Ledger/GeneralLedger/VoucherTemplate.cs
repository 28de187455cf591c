using PaymentEngine.Scripting;

namespace PaymentEngine.Ledger.GeneralLedger;

/// <summary>A line as somebody wrote it.</summary>
/// <param name="Side">Debit or Credit.</param>
/// <param name="Amount">An expression over the sums of the legs, or a script that returns one: merchant + fee_income.</param>
public sealed record TemplateLine(string Side, string Subject, string Amount, string? Summary);

/// <summary>How postings of a kind look in the general ledger.</summary>
public sealed record VoucherTemplate(string Kind, int Version, IReadOnlyList<TemplateLine> Lines);

/// <summary>What keeps a template from being used.</summary>
/// <param name="Line">From 0; null for the template as a whole.</param>
/// <param name="Field">side, subject, amount, summary; null for the line as a whole.</param>
/// <param name="At">The place in an amount.</param>
public sealed record TemplateError(int? Line, string? Field, string Message, Position? At = null);
