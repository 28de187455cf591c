using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PaymentEngine.Api.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Submit;

namespace PaymentEngine.Api.Merchants;

/// <summary>Lets merchants in, and nobody else.</summary>
internal sealed class MerchantGate(IMerchantDirectory merchants, ILogger<MerchantGate> log)
{
    private readonly RequestGuard _guard = new(log);

    private readonly KeyLookup<Merchant> _byKey = merchants.ByApiKey;

    public RequestDelegate Guard(Func<MerchantCall, ValueTask<OrProblem<Answer>>> handle) =>
        _guard.Around((context, serial) => AdmitAsync(context, serial, handle));

    private ValueTask<OrProblem<Answer>> AdmitAsync(
        HttpContext context, string serial, Func<MerchantCall, ValueTask<OrProblem<Answer>>> handle)
    {
        if (ApiKey.Find(context.Request, _byKey) is not { } merchant)
        {
            return new(Problem.Of(ProblemCodes.Unauthorized));
        }

        return merchant.Active || HttpMethods.IsGet(context.Request.Method)
            ? handle(new MerchantCall(context, merchant, serial))
            : new(Problem.Of(ProblemCodes.MerchantInactive));
    }
}
