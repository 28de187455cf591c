using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;

namespace PaymentEngine.Runtime.Submit;

/// <summary>Who asks, under which key, what exactly (as a hash), and under which serial number it is followed (O6).</summary>
public sealed record MerchantRequest(Merchant Merchant, string IdempotencyKey, byte[] BodyHash, string RequestSerial)
{
    /// <summary>Of what payers are told in the answer.</summary>
    public string Language { get; init; } = ResultCodeTable.UsualLanguage;
}

/// <summary>Writes the body of an answer, so that the answer can be stored in the commit that makes it true.</summary>
public interface ITradeAnswerWriter
{
    byte[] Write(TradeFamily family, string requestSerial, string language);
}
