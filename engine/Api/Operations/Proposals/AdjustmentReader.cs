using PaymentEngine.Api.Operations.Ledger;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;
using PaymentEngine.Core;
using PaymentEngine.Core.Accounting;
using PaymentEngine.Runtime.Proposals;

namespace PaymentEngine.Api.Operations.Proposals;

/// <summary>Reads what somebody wants booked by hand.</summary>
internal static class AdjustmentReader
{
    private const int Reason = 0;
    private const int Legs = 1;
    private const int Reverses = 2;
    private const int Captures = 3;

    private const int Account = 0;
    private const int Side = 1;
    private const int Amount = 2;
    private const int Item = 3;

    private const int FewestLegs = 2;
    private const int MostLegs = 100;

    private static readonly FieldNames Names = new(string.Empty, required: 1, "reason", "legs", "reverses", "captures");

    public static OrProblem<RequestAdjustment> Read(ReadOnlySpan<byte> body, string actor)
    {
        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        string? reason = null;
        List<RequestedLeg>? legs = null;
        OrderId reverses = default;
        WantedCapture? captures = null;
        json.Open();
        for (var seen = 0u; json.Next(Names, ref seen, out var field);)
        {
            switch (field)
            {
                case Reason:
                    reason = json.Text(TextRule.Reason);
                    break;
                case Legs when json.TryEnterList():
                    legs = ReadLegs(ref json, errors);
                    break;
                case Reverses when json.Text(TextRule.Code) is { } number && !LedgerNumber.TryPosting(number, out reverses):
                    errors.Add(Names.Path(Reverses), FieldCodes.UnknownValue, "is not the number of a posting");
                    break;
                case Captures when json.TryEnter():
                    captures = CaptureReader.Read(ref json, Names.Path(Captures), errors);
                    break;
            }
        }

        json.Close();
        if (legs is null && reverses.IsNone)
        {
            errors.Add(Names.Path(Legs), FieldCodes.Required, "is required, unless a posting is taken back");
        }

        if (captures is not null && !reverses.IsNone)
        {
            errors.Add(Names.Path(Captures), FieldCodes.UnknownField, "does not belong to what takes a posting back");
        }

        return errors.Any ? errors.ToProblem() : new RequestAdjustment(reason!, legs ?? [], reverses) { Captures = captures };
    }

    private static List<RequestedLeg> ReadLegs(ref StrictJson json, FieldErrors errors)
    {
        var legs = new List<RequestedLeg>();
        var count = 0;
        for (; json.NextItem($"legs[{count}]"); count++)
        {
            if (count < MostLegs && ReadLeg(ref json, new FieldNames($"legs[{count}].", required: 3, "account", "side", "amount", "item"), errors) is { } leg)
            {
                legs.Add(leg);
            }
            else if (count >= MostLegs)
            {
                json.Skip();
            }
        }

        if (count is < FewestLegs or > MostLegs)
        {
            errors.Add(Names.Path(Legs), FieldCodes.OutOfRange, $"must have {FewestLegs} to {MostLegs} legs");
        }

        return legs;
    }

    private static RequestedLeg? ReadLeg(ref StrictJson json, FieldNames names, FieldErrors errors)
    {
        string? account = null, side = null;
        Money? amount = null;
        OrderId item = default;
        for (var seen = 0u; json.Next(names, ref seen, out var field);)
        {
            switch (field)
            {
                case Account:
                    account = json.Text(TextRule.Party);
                    break;
                case Side:
                    side = ReadSide(json.Text(TextRule.Code), names.Path(field), errors);
                    break;
                case Amount:
                    amount = MoneyReader.Read(ref json, names.Path(field), errors);
                    break;
                case Item when json.Text(TextRule.Code) is { } number && !LedgerNumber.TryItem(number, out item):
                    errors.Add(names.Path(field), FieldCodes.UnknownValue, "is not the number of an order or a posting");
                    break;
            }
        }

        return account is not null && side is not null && amount is { } money ? new RequestedLeg(account, side == "debit" ? -money : money, item) : null;
    }

    private static string? ReadSide(string? side, string path, FieldErrors errors)
    {
        if (side is "debit" or "credit" or null)
        {
            return side;
        }

        errors.Add(path, FieldCodes.UnknownValue, "must be one of debit, credit");
        return null;
    }
}
