using Microsoft.OpenApi;
using PaymentEngine.Api.Http;
using PaymentEngine.Api.Reading;

namespace PaymentEngine.Api.OpenApi;

/// <summary>Adds what only we know to an operation that the framework has drafted: headers, parameters, problem codes.</summary>
internal static class OperationDetails
{
    private const string RequestSerialMeaning = "The serial number under which the request is followed. We choose one when there is none.";

    public static void Add(OpenApiOperation drafted, MerchantOperation operation)
    {
        drafted.Parameters = [.. drafted.Parameters ?? [], .. Parameters(operation)];
        var answers = operation.Answers.Select(answer => (answer.Key, answer.Value));
        var problems = operation.AllProblems
            .GroupBy(problem => problem.Status)
            .Select(group => (group.Key, string.Join(", ", group.Select(problem => problem.Code))));
        var responses = new OpenApiResponses();
        foreach (var (status, meaning) in answers.Concat(problems).OrderBy(response => response.Key))
        {
            var response = drafted.Responses![$"{status}"];
            response.Description = meaning;
            ((OpenApiResponse)response).Headers = Headers(status);
            responses.Add($"{status}", response);
        }

        drafted.Responses = responses;
    }

    private static IEnumerable<IOpenApiParameter> Parameters(MerchantOperation operation)
    {
        if (operation.Submits)
        {
            yield return Parameter(new RequestParameter(
                ParameterLocation.Header, IdempotencyKey.Header, Required: true,
                "Two requests of the same key are one: the second gets the first answer.", FieldLimits.IdempotencyKeyPattern));
        }

        yield return Parameter(new RequestParameter(
            ParameterLocation.Header, RequestSerial.Header, Required: false, RequestSerialMeaning, FieldLimits.RequestSerialPattern));

        foreach (var parameter in operation.Parameters)
        {
            yield return Parameter(parameter);
        }
    }

    private static OpenApiParameter Parameter(RequestParameter parameter) => new()
    {
        Name = parameter.Name,
        In = parameter.In,
        Required = parameter.Required,
        Description = parameter.Description,
        Schema = Text(parameter.Pattern),
    };

    private static Dictionary<string, IOpenApiHeader> Headers(int status)
    {
        var headers = new Dictionary<string, IOpenApiHeader> { [RequestSerial.Header] = Header(RequestSerialMeaning) };
        switch (status)
        {
            case 201:
                headers.Add("Location", Header("The path of the trade."));
                break;
            case 401:
                headers.Add("WWW-Authenticate", Header("Bearer."));
                break;
            case 503:
                headers.Add("Retry-After", Header("After how many seconds to try again."));
                break;
        }

        return headers;
    }

    private static OpenApiHeader Header(string description) => new() { Description = description, Schema = Text(pattern: null) };

    private static OpenApiSchema Text(string? pattern) => new() { Type = JsonSchemaType.String, Pattern = pattern };
}
