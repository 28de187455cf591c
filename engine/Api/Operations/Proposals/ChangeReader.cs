using PaymentEngine.Api.Operations.Ledger;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;
using PaymentEngine.Core;
using PaymentEngine.Runtime.Proposals;

namespace PaymentEngine.Api.Operations.Proposals;

/// <summary>Reads what somebody wants that gives more to spend. Which fields there are depends on what it is.</summary>
internal static class ChangeReader
{
    private static readonly FieldNames Names = new(string.Empty, required: 2, "what", "reason", "account", "customer", "hold", "credit_line", "class", "amount");

    /// <summary>Of each what there must be, and what there may be.</summary>
    private static readonly Dictionary<string, (string[] Must, string[] May)> Fields = new()
    {
        ["credit_line"] = (["account", "credit_line"], []),
        ["unfreeze"] = (["account"], []),
        ["class"] = (["customer", "class"], []),
        ["release_hold"] = (["hold"], ["amount"]),
    };

    public static OrProblem<WantedChange> Read(ReadOnlySpan<byte> body, string actor)
    {
        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        string? what = null, reason = null, account = null, customer = null, kycClass = null;
        OrderId hold = default;
        Money? line = null, amount = null;
        var given = new HashSet<string>();
        json.Open();
        for (var seen = 0u; json.Next(Names, ref seen, out var field);)
        {
            given.Add(Names.Path(field));
            switch (Names.Path(field))
            {
                case "what":
                    what = ReadWhat(json.Text(TextRule.Code), errors);
                    break;
                case "reason":
                    reason = json.Text(TextRule.Reason);
                    break;
                case "account":
                    account = json.Text(TextRule.Party);
                    break;
                case "customer":
                    customer = json.Text(TextRule.Party);
                    break;
                case "hold" when json.Text(TextRule.Code) is { } number && !LedgerNumber.TryHold(number, out hold):
                    errors.Add("hold", FieldCodes.UnknownValue, "is not the number of a hold");
                    break;
                case "credit_line":
                    line = MoneyReader.Read(ref json, "credit_line", errors);
                    break;
                case "class":
                    kycClass = json.Text(TextRule.Party);
                    break;
                case "amount":
                    amount = MoneyReader.Read(ref json, "amount", errors);
                    break;
            }
        }

        json.Close();
        if (what is not null)
        {
            CheckFields(what, given, errors);
        }

        return errors.Any ? errors.ToProblem() : what switch
        {
            "credit_line" => new WantedChange.CreditLine(account!, line!.Value, reason!),
            "unfreeze" => new WantedChange.Unfreeze(account!, reason!),
            "class" => new WantedChange.CustomerClass(customer!, kycClass!, reason!),
            _ => new WantedChange.ReleaseHold(hold, amount, reason!),
        };
    }

    private static string? ReadWhat(string? what, FieldErrors errors)
    {
        if (what is null || Fields.ContainsKey(what))
        {
            return what;
        }

        errors.Add("what", FieldCodes.UnknownValue, "must be one of " + string.Join(", ", Fields.Keys));
        return null;
    }

    private static void CheckFields(string what, HashSet<string> given, FieldErrors errors)
    {
        var (must, may) = Fields[what];
        foreach (var missing in must.Where(field => !given.Contains(field)))
        {
            errors.Add(missing, FieldCodes.Required, $"is required for {what}");
        }

        foreach (var other in given.Except(must).Except(may).Except(["what", "reason"]))
        {
            errors.Add(other, FieldCodes.UnknownField, $"does not belong to {what}");
        }
    }
}
