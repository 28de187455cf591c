using System.Text;
using System.Text.RegularExpressions;

namespace PaymentEngine.Core.Channels;

/// <summary>
/// Makes an institution's answer fit to be kept and shown: what identifies a person or opens a door is taken out. When
/// in doubt too much goes: a sample only has to show where in the answer a code stands.
/// </summary>
public static partial class SampleMask
{
    /// <summary>In UTF-8.</summary>
    public const int MostBytes = 2 * 1024;

    /// <summary>Longer codes are of no institution: they cannot be mapped.</summary>
    public const int MostCodeChars = 64;

    private const string Hidden = "***";

    /// <summary>What is looked at; an answer of megabytes must not cost more.</summary>
    private const int MostChars = 4 * MostBytes;

    private const int DigitsThatShowTheirEnds = 9;

    /// <summary>A code itself is shown as it is, but it must fit where codes are kept.</summary>
    public static string Code(string code) => StorableText.Of(code.Length > MostCodeChars ? code[..MostCodeChars] : code);

    public static string Of(string answer)
    {
        var text = StorableText.Of(answer.Length > MostChars ? answer[..MostChars] : answer);
        text = SecretInJson().Replace(text, "$1" + Hidden);
        text = SecretInXml().Replace(text, "$1" + Hidden);
        text = SecretInForm().Replace(text, "$1" + Hidden);
        text = Bearer().Replace(text, "$1 " + Hidden);
        text = Mail().Replace(text, Hidden + "@");
        text = Digits().Replace(text, MaskDigits);
        text = Blob().Replace(text, blob => blob.Value[..4] + Hidden);
        return Cut(text);
    }

    /// <summary>Short runs go wholly: two digits at each end of a six-digit code would be most of it.</summary>
    private static string MaskDigits(Match run)
    {
        var digits = run.Value.Count(char.IsDigit);
        var shown = digits < DigitsThatShowTheirEnds ? 0 : 2;
        var seen = 0;
        return string.Create(run.Length, (run.Value, digits, shown, seen), static (masked, state) =>
        {
            var (text, digits, shown, seen) = state;
            for (var i = 0; i < text.Length; i++)
            {
                var isDigit = char.IsDigit(text[i]);
                masked[i] = isDigit && seen >= shown && seen < digits - shown ? '*' : text[i];
                seen += isDigit ? 1 : 0;
            }
        });
    }

    private static string Cut(string text)
    {
        var bytes = 0;
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MostBytes)
            {
                return text[..length];
            }

            length += rune.Utf16SequenceLength;
        }

        return text;
    }

    private const string SecretName =
        "(?:[a-z0-9_.-]*(?:passw|pwd|passphrase|secret|token|signature|credential|authorization|cvv|cvn|cvc|holder|real_?name|payer_?name|acc(?:oun)?t_?name|cust(?:omer)?_?name|verify_?code|sms_?code|apikey)[a-z0-9_.-]*"
        + "|(?:[a-z0-9]*[_.-])*(?:sign|key|pin|otp|mac|name)"
        + "|[a-z0-9]*(?-i:[a-z0-9](?:Sign|Key|Pin|Otp|Mac)))";

    [GeneratedRegex("(\"" + SecretName + "\"\\s*:\\s*)(?:\"(?:\\\\.|[^\"\\\\])*\"?|[^\\s,}\\]]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretInJson();

    [GeneratedRegex("(<(?:[a-z0-9]+:)?" + SecretName + "(?:\\s[^>]*)?>)[^<]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretInXml();

    [GeneratedRegex("((?<![a-z0-9_.-])" + SecretName + "\\s*=\\s*)[^&\\s;,]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretInForm();

    [GeneratedRegex("\\b(Bearer|Basic)\\s+[^\\s\"]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Bearer();

    [GeneratedRegex("[^@\\s\"'<>&=,:;]{1,64}@")]
    private static partial Regex Mail();

    /// <summary>Also as people write cards and telephones: in groups.</summary>
    [GeneratedRegex(@"\d(?:[ -]?\d){5,}")]
    private static partial Regex Digits();

    /// <summary>Signatures, keys and ciphertexts, whatever their field is called.</summary>
    [GeneratedRegex("[A-Za-z0-9+/_=-]{40,}")]
    private static partial Regex Blob();
}
