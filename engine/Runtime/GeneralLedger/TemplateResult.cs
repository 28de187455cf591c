using PaymentEngine.Ledger.GeneralLedger;
using PaymentEngine.Store.GeneralLedger;

namespace PaymentEngine.Runtime.GeneralLedger;

/// <summary>What became of somebody's word about a template.</summary>
public abstract record TemplateResult
{
    private TemplateResult()
    {
    }

    public sealed record Stored(StoredTemplate Template) : TemplateResult;

    public sealed record Unfit(IReadOnlyList<TemplateError> Errors) : TemplateResult;

    public sealed record Refused(string Code) : TemplateResult;
}

public static class TemplateRefusals
{
    public const string NotFound = "template_not_found";
}
