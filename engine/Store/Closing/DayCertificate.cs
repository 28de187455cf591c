using System.Text.Json.Serialization;

namespace PaymentEngine.Store.Closing;

/// <summary>What a closed day is vouched for with.</summary>
/// <param name="Digest">Over the digest of the day before and every entry of this one, in hexadecimal.</param>
/// <param name="Accepted">What a person let pass, in words.</param>
public sealed record DayCertificate(
    DateOnly Day,
    long Entries,
    long Postings,
    long Vouchers,
    List<CurrencySum> Sums,
    string Digest,
    string? Previous,
    string ClosedBy,
    List<string> Accepted,
    string? Remark);

/// <summary>Sums of a day in one currency: debits equal credits, or the day does not close.</summary>
public sealed record CurrencySum(string Currency, long DebitMinor, long CreditMinor);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DayCertificate))]
[JsonSerializable(typeof(List<CurrencySum>))]
internal sealed partial class CertificateJson : JsonSerializerContext;
