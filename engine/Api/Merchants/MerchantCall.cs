using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Http;
using PaymentEngine.Core.Directory;

namespace PaymentEngine.Api.Merchants;

/// <summary>A request whose sender is known.</summary>
internal readonly record struct MerchantCall(HttpContext Context, Merchant Merchant, string RequestSerial)
{
    public HttpRequest Request => Context.Request;

    public string Language => PayerLanguage.Of(Context.Request);

    public CancellationToken Aborted => Context.RequestAborted;
}
