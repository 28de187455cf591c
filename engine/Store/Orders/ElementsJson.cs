using System.Text.Json;
using System.Text.Json.Serialization;
using PaymentEngine.Core.Orders;

namespace PaymentEngine.Store.Orders;

/// <summary>The elements of a payment as they are stored: an object of those that were said, or nothing.</summary>
internal static class ElementsJson
{
    public static string? Write(PaymentElements elements) =>
        elements == PaymentElements.None ? null : JsonSerializer.Serialize(elements, ElementsJsonContext.Default.PaymentElements);

    public static PaymentElements Read(string? stored) =>
        stored is null ? PaymentElements.None : JsonSerializer.Deserialize(stored, ElementsJsonContext.Default.PaymentElements)!;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PaymentElements))]
internal sealed partial class ElementsJsonContext : JsonSerializerContext;
