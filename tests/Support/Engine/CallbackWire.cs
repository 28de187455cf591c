using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;

namespace PaymentEngine.Tests.Support.Engine;

/// <summary>
/// How the institution of the tests calls back: facts in one line, signed as a whole, so that a test can say anything
/// about any order. It answers in words of its own.
/// </summary>
public static class CallbackWire
{
    public const string Thanks = "success";
    public const string NoThanks = "fail";

    private const string Signature = "x-test-signature";

    public static (Dictionary<string, string> Headers, byte[] Body) Write(string number, ChannelOutcome outcome)
    {
        var body = Encoding.UTF8.GetBytes(string.Join('|', number, outcome switch
        {
            ChannelOutcome.Succeeded it => string.Create(CultureInfo.InvariantCulture, $"paid|{it.Amount.Minor}|{it.Amount.Currency.Code}|{it.InstitutionRef}"),
            ChannelOutcome.Failed it => $"failed|{it.Code}",
            _ => outcome.GetType().Name,
        }));
        return (new Dictionary<string, string> { [Signature] = Sign(body) }, body);
    }

    /// <summary>Null when it is not of this wire.</summary>
    public static CallbackReading? Read(CallbackRequest request)
    {
        if (!request.Headers.TryGetValue(Signature, out var signature))
        {
            return null;
        }

        if (signature != Sign(request.Body.Span))
        {
            return new CallbackReading.Refused("the signature is wrong", CallbackAnswer.Text(401, NoThanks));
        }

        var said = Encoding.UTF8.GetString(request.Body.Span).Split('|');
        return new CallbackReading.Told(
            said[0],
            said[1] switch
            {
                "paid" => new ChannelOutcome.Succeeded(
                    new Money(long.Parse(said[2], CultureInfo.InvariantCulture), Currency.Parse(said[3])), said[4], "SUCCESS"),
                "failed" => new ChannelOutcome.Failed(said[2], "declined by the institution"),
                var word => new ChannelOutcome.Unknown($"not understood: {word}", new UnmappedCode(ChannelInterface.Callback, word, null, word)),
            },
            CallbackAnswer.Text(200, Thanks));
    }

    private static string Sign(ReadOnlySpan<byte> body) => Convert.ToHexString(HMACSHA256.HashData("shared"u8, body));
}
