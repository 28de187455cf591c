using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using PaymentEngine.Api.Http;
using PaymentEngine.Api.Problems;

namespace PaymentEngine.Api.OpenApi;

/// <summary>
/// Tells the document what an endpoint takes and gives. The endpoints are plain request delegates, which is what makes
/// them fast, and of which nothing can be inferred.
/// </summary>
internal static class EndpointDescription
{
    public static void Describe(this IEndpointConventionBuilder endpoint, MerchantOperation operation)
    {
        endpoint.WithName(operation.Id).WithSummary(operation.Summary).WithTags("trades");

        // The document leaves out endpoints of which it knows no method; whose method it is does not matter to it.
        endpoint.WithMetadata(typeof(RequestDelegate).GetMethod(nameof(RequestDelegate.Invoke))!);
        if (operation.Body is { } body)
        {
            // A media type here would make the router choose by it, and answer 405 where 415 is right.
            endpoint.WithMetadata(new AcceptsMetadata(contentTypes: [], body, isOptional: !operation.BodyRequired));
        }

        foreach (var status in operation.Answers.Keys)
        {
            endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(TradeResponse), [MediaType.Json]));
        }

        foreach (var status in operation.AllProblems.Select(problem => problem.Status).Distinct())
        {
            endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemResponse), [ProblemWriter.ContentType]));
        }

        endpoint.AddOpenApiOperationTransformer((described, _, _) =>
        {
            OperationDetails.Add(described, operation);
            return Task.CompletedTask;
        });
    }
}
