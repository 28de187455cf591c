using System.Collections.Frozen;
using System.Text.Json;
using PaymentEngine.Core;
using PaymentEngine.Core.Orders;

namespace PaymentEngine.Api.Writing;

/// <summary>States as merchants read them: AwaitingPayment is awaiting_payment. Worked out once, encoded once.</summary>
internal static class StateNames
{
    private static readonly FrozenDictionary<string, JsonEncodedText> Encoded = Enumerable.Empty<string>()
        .Append(Order.Initial)
        .Concat(TradeStates.All)
        .Concat(PaymentStates.All)
        .Concat(InstructionStates.All)
        .Concat(InstitutionOrderStates.All)
        .Distinct()
        .ToFrozenDictionary(state => state, state => JsonEncodedText.Encode(SnakeCase.Of(state)));

    public static JsonEncodedText Of(string state) => Encoded[state];
}
