using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PaymentEngine.Api.Http;
using PaymentEngine.Api.Problems;

namespace PaymentEngine.Api.Operations;

internal static class Offers
{
    /// <summary>What a path is for; every other method is told so.</summary>
    public static void Offer(
        this IEndpointRouteBuilder v1, string path, RequestDelegate? get = null, RequestDelegate? post = null, RequestDelegate? put = null)
    {
        var allowed = new List<string>();
        foreach (var (method, handle) in new[] { ("GET", get), ("POST", post), ("PUT", put) })
        {
            if (handle is not null)
            {
                v1.MapMethods(path, [method], handle);
                allowed.Add(method);
            }
        }

        v1.Map(path, RequestGuard.Refuse(ProblemCodes.MethodNotAllowed, string.Join(", ", allowed)));
    }
}
