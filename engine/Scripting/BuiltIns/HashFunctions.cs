using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace PaymentEngine.Scripting;

/// <summary>string.* that encode and hash.</summary>
[SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "The language has these functions; nothing of ours is protected by them.")]
[SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "The language has these functions; nothing of ours is protected by them.")]
internal static class HashFunctions
{
    public static readonly IReadOnlyList<BuiltIn> All =
    [
        Text("string.md5", "text:Text", a => Hex(a, MD5.HashData(Bytes(a, 0)))),
        Text("string.sha1", "text:Text", a => Hex(a, SHA1.HashData(Bytes(a, 0)))),
        Text("string.sha256", "text:Text", a => Hex(a, SHA256.HashData(Bytes(a, 0)))),
        Text("string.sha512", "text:Text", a => Hex(a, SHA512.HashData(Bytes(a, 0)))),
        Text("string.hmac_sha1", "text:Text secretKey:Text", a => Hex(a, HMACSHA1.HashData(Bytes(a, 1), Bytes(a, 0)))),
        Text("string.hmac_sha256", "text:Text secretKey:Text", a => Hex(a, HMACSHA256.HashData(Bytes(a, 1), Bytes(a, 0)))),
        Text("string.hmac_sha512", "text:Text secretKey:Text", a => Hex(a, HMACSHA512.HashData(Bytes(a, 1), Bytes(a, 0)))),
        Text("string.base64_encode", "text:Text", a => a.MadeText(Convert.ToBase64String(Bytes(a, 0)))),
        Text("string.base64_decode", "text:Text", Decode),
    ];

    private static BuiltIn Text(string name, string signature, BuiltInBody body) => new(name, signature, body) { Result = ParameterType.Text };

    private static byte[] Bytes(Args a, int index)
    {
        var text = a.Text(index);
        a.Budget.Charge(4L * text.Length);
        a.Budget.Step(1 + text.Length / 16);
        return Encoding.UTF8.GetBytes(text);
    }

    private static Value Hex(Args a, byte[] hash) => a.MadeText(Convert.ToHexStringLower(hash));

    private static Value Decode(Args a)
    {
        var text = a.Text(0);
        a.Budget.ChargeText(text.Length);
        try
        {
            return a.MadeText(Encoding.UTF8.GetString(Convert.FromBase64String(text)));
        }
        catch (FormatException)
        {
            throw new ScriptFault("The text is not valid Base64");
        }
    }
}
