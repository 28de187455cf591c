using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PaymentEngine.Channels.Simulator;

/// <summary>An answer or callback as it leaves the house: signed bytes, with whatever flaw fate has put on them.</summary>
public sealed record BankLetter(int Status, string ContentType, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    private const int ClockOffSeconds = BankSignature.ToleranceSeconds + 1;

    private const string Json = "application/json";

    private static readonly byte[] Page = "<html><h1>502 Bad Gateway</h1></html>"u8.ToArray();

    /// <summary>A callback to the given channel's address.</summary>
    public static BankLetter Of(BankCallback callback, ReadOnlySpan<byte> secret, DateTimeOffset now)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(CallbackMessage.Of(callback), BankJson.Default.CallbackMessage);
        return Signed(200, body, callback.Told.Flaw, secret, "CALLBACK", $"{callback.Channel}", $"{Guid.NewGuid():N}", now);
    }

    internal static BankLetter Of(in BankAnswer answer, ReadOnlySpan<byte> secret, string path, string nonce, DateTimeOffset now)
    {
        if (answer.Flaw == BankFlaw.HtmlPage)
        {
            return new BankLetter(502, "text/html", new Dictionary<string, string>(), Page);
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(AnswerMessage.Of(answer), BankJson.Default.AnswerMessage);
        return answer.Flaw == BankFlaw.WrongCharset
            ? Signed(200, Encoding.Convert(Encoding.UTF8, Encoding.Unicode, body), answer.Flaw, secret, "ANSWER", path, nonce, now)
            : Signed(200, body, answer.Flaw, secret, "ANSWER", path, nonce, now);
    }

    private static BankLetter Signed(
        int status, byte[] body, BankFlaw flaw, ReadOnlySpan<byte> secret, string what, string where, string nonce, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds() + (flaw == BankFlaw.ClockOff ? ClockOffSeconds : 0);
        var signature = BankSignature.Of(secret, what, where, timestamp, nonce, body);
        var headers = new Dictionary<string, string>
        {
            [BankSignature.TimestampHeader] = timestamp.ToString(CultureInfo.InvariantCulture),
            [BankSignature.NonceHeader] = nonce,
            [BankSignature.SignatureHeader] = flaw switch
            {
                BankFlaw.BadSignature => BankSignature.Of(secret, what, where, timestamp + 1, nonce, body),
                BankFlaw.Probe => "SIGNTEST/" + signature,
                _ => signature,
            },
        };
        return new BankLetter(status, Json, headers, body);
    }
}
