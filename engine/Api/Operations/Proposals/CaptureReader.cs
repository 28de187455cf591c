using PaymentEngine.Api.Operations.Ledger;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;
using PaymentEngine.Core;
using PaymentEngine.Runtime.Proposals;

namespace PaymentEngine.Api.Operations.Proposals;

/// <summary>Reads of which hold an adjustment takes how much: {"hold": "H…", "amount": {…}}.</summary>
internal static class CaptureReader
{
    private const int Hold = 0;
    private const int Amount = 1;

    public static WantedCapture? Read(ref StrictJson json, string path, FieldErrors errors)
    {
        var names = new FieldNames(path + ".", required: 1, "hold", "amount");
        OrderId hold = default;
        Money? amount = null;
        for (var seen = 0u; json.Next(names, ref seen, out var field);)
        {
            switch (field)
            {
                case Hold when json.Text(TextRule.Code) is { } number && !LedgerNumber.TryHold(number, out hold):
                    errors.Add(names.Path(Hold), FieldCodes.UnknownValue, "is not the number of a hold");
                    break;
                case Amount:
                    amount = MoneyReader.Read(ref json, names.Path(Amount), errors);
                    break;
            }
        }

        return new WantedCapture(hold, amount);
    }
}
