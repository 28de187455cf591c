using System.Text;

namespace PaymentEngine.Bench.Load;

/// <summary>
/// The bytes of POST /v1/trades, built once per payment method. What varies has a fixed width and is written over a copy,
/// so that a request costs a copy of half a kilobyte and no allocation.
/// </summary>
internal sealed class PaymentRequest
{
    private const string Number = "NNNNNNNNNN";
    private const string Amount = "AAA.AA";
    private const string Payer = "PPPPPP";

    private readonly Template[] _templates;

    public PaymentRequest(string host, GeneratorOptions options) =>
        _templates = [.. options.Methods.Select(method => new Template(host, options, method))];

    public int MaxLength => _templates.Max(template => template.Bytes.Length);

    /// <summary>The same number always makes the same bytes, which is what a retry needs.</summary>
    public int Write(long number, Span<byte> request)
    {
        var template = _templates[number % _templates.Length];
        template.Bytes.CopyTo(request);
        WriteDigits(number, request.Slice(template.KeyAt, Number.Length));
        WriteDigits(number, request.Slice(template.OrderNumberAt, Number.Length));
        WriteDigits(number * 7_919 % 1_000_000, request.Slice(template.PayerAt, Payer.Length));
        WriteDigits(number * 7_919 % 1_000_000, request.Slice(template.PayerAccountAt, Payer.Length));
        var amountMinor = 10_000 + number * 104_729 % 90_000;
        WriteDigits(amountMinor / 100, request.Slice(template.AmountAt, 3));
        WriteDigits(amountMinor % 100, request.Slice(template.AmountAt + 4, 2));
        return template.Bytes.Length;
    }

    private static void WriteDigits(long value, Span<byte> field)
    {
        for (var i = field.Length - 1; i >= 0; i--)
        {
            field[i] = (byte)('0' + value % 10);
            value /= 10;
        }
    }

    private sealed class Template
    {
        public Template(string host, GeneratorOptions options, string method)
        {
            var runName = options.RunName;
            var notify = options.NotifyUrl is null ? "" : $"\"notify_url\":\"{options.NotifyUrl}\",";
            var body = $$$"""
                {"merchant_order_no":"{{{runName}}}-{{{Number}}}","amount":"{{{Amount}}}","currency":"CNY","payer":"member-{{{Payer}}}","payee":"shop-3","description":"Two tickets",{{{notify}}}"payment":{"method":"{{{method}}}","payer_account":"{{{options.PayerAccount}}}{{{Payer}}}"}}
                """;
            var head = $"POST /v1/trades HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {options.ApiKey}\r\n"
                + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\nIdempotency-Key: {runName}-";
            var text = head + Number + "\r\n\r\n" + body;
            var bodyAt = text.Length - body.Length;
            Bytes = Encoding.ASCII.GetBytes(text);
            KeyAt = head.Length;
            OrderNumberAt = text.IndexOf(Number, bodyAt, StringComparison.Ordinal);
            AmountAt = text.IndexOf(Amount, bodyAt, StringComparison.Ordinal);
            PayerAt = text.IndexOf(Payer, bodyAt, StringComparison.Ordinal);
            PayerAccountAt = text.LastIndexOf(Payer, StringComparison.Ordinal);
        }

        public byte[] Bytes { get; }
        public int KeyAt { get; }
        public int OrderNumberAt { get; }
        public int AmountAt { get; }
        public int PayerAt { get; }
        public int PayerAccountAt { get; }
    }
}
