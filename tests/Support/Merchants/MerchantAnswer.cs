using System.Text;
using System.Text.Json.Nodes;

namespace PaymentEngine.Tests.Support.Merchants;

/// <summary>What a merchant sees of an answer.</summary>
/// <param name="RequestId">The header X-Request-Id, which is this request's own also when the answer is an old one.</param>
public sealed record MerchantAnswer(int Status, string? Location, string? ContentType, string? RequestId, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonNode Json => JsonNode.Parse(Body) ?? throw new InvalidOperationException("the body is null");

    public string TradeNo => (string)Json["trade_no"]!;

    public string State => (string)Json["state"]!;

    /// <summary>Of a problem.</summary>
    public string Code => (string)Json["code"]!;

    /// <summary>Status, location and every byte of the body (O13).</summary>
    public bool IsSameAs(MerchantAnswer other) =>
        Status == other.Status && Location == other.Location && ContentType == other.ContentType && Body.AsSpan().SequenceEqual(other.Body);

    public override string ToString() => $"{Status} {Location} {Text}";
}
