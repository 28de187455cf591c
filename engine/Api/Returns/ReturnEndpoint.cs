using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PaymentEngine.Runtime.QueryBack;

namespace PaymentEngine.Api.Returns;

/// <summary>
/// Answers a payer's browser that comes back (C15). The page is the same whatever it brought: it neither shows nor follows
/// anything that somebody could have put into the address, and says nothing of whether there is such an order.
/// </summary>
internal sealed class ReturnEndpoint(IPayerReturns returns)
{
    private const int MostValues = 64;
    private const int LargestForm = 16 * 1024;

    private static readonly FormOptions Limits = new() { ValueCountLimit = MostValues, BufferBodyLengthLimit = LargestForm, ValueLengthLimit = 2_048 };

    private static readonly byte[] Page =
        """
        <!doctype html>
        <html lang="zh">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Payment</title>
        <p>支付结果正在确认，请返回商户页面查看。</p>
        <p lang="en">Your payment is being confirmed. Please return to the merchant to see its result.</p>
        </html>
        """u8.ToArray();

    public async Task ComeBackAsync(HttpContext context)
    {
        var request = context.Request;
        var values = ValuesOf(request.Query.SelectMany(field => field.Value));
        if (HttpMethods.IsPost(request.Method))
        {
            values.AddRange(await FormValuesAsync(request, context.RequestAborted));
        }

        returns.CameBack((string)request.RouteValues["channel"]!, values);
        await WriteAsync(context.Response);
    }

    private static async Task<List<string>> FormValuesAsync(HttpRequest request, CancellationToken aborted)
    {
        if (!request.HasFormContentType || request.ContentLength is not <= LargestForm)
        {
            return [];
        }

        try
        {
            return ValuesOf((await request.ReadFormAsync(Limits, aborted)).SelectMany(field => field.Value));
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or BadHttpRequestException or IOException)
        {
            // It may never come; then its order is asked about when its timer says so.
            return [];
        }
    }

    private static List<string> ValuesOf(IEnumerable<string?> values) => [.. values.OfType<string>().Take(MostValues)];

    private static Task WriteAsync(HttpResponse response)
    {
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = Page.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        response.Headers.XContentTypeOptions = "nosniff";

        // The address has an order's number in it.
        response.Headers["Referrer-Policy"] = "no-referrer";
        return response.Body.WriteAsync(Page).AsTask();
    }
}
