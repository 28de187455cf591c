using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;
using PaymentEngine.Core;
using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Reroutes;

namespace PaymentEngine.Api.Operations;

/// <summary>Reads which order failed, and how somebody knows that it did for certain.</summary>
internal static class RerouteReader
{
    private const int OrderNo = 0;
    private const int Evidence = 1;
    private const int Note = 2;

    private static readonly FieldNames Names = new(string.Empty, required: 3, "order_no", "evidence", "note");
    private static readonly TextRule NoteRule = new(1, 512);

    public static OrProblem<RequestReroute> Read(ReadOnlySpan<byte> body, string actor)
    {
        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        OrderId? order = null;
        EvidenceKind? evidence = null;
        string? note = null;
        json.Open();
        for (var seen = 0u; json.Next(Names, ref seen, out var field);)
        {
            switch (field)
            {
                case OrderNo:
                    order = ReadOrder(json.Text(TextRule.Code), errors);
                    break;
                case Evidence:
                    evidence = ReadEvidence(json.Text(TextRule.Code), errors);
                    break;
                case Note:
                    note = json.Text(NoteRule);
                    break;
            }
        }

        json.Close();
        return errors.Any ? errors.ToProblem() : new RequestReroute(order!.Value, evidence!.Value, note!);
    }

    private static OrderId? ReadOrder(string? text, FieldErrors errors)
    {
        if (OrderNumber.TryParse(text, out var level, out var order) && level == OrderLevel.InstitutionOrder)
        {
            return order;
        }

        if (text is null)
        {
            return null;
        }

        errors.Add(Names.Path(OrderNo), FieldCodes.UnknownValue, "is not the number of an institution order, as order_no of expand=all tells it");
        return null;
    }

    private static EvidenceKind? ReadEvidence(string? text, FieldErrors errors)
    {
        var kinds = Enum.GetValues<EvidenceKind>();
        var at = Array.FindIndex(kinds, kind => kind.Code() == text);
        if (at < 0 && text is not null)
        {
            errors.Add(Names.Path(Evidence), FieldCodes.UnknownValue, "must be one of " + string.Join(", ", kinds.Select(kind => kind.Code())));
        }

        return at < 0 ? null : kinds[at];
    }
}
