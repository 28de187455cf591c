using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace PaymentEngine.Api.Http;

/// <summary>Bodies are JSON in UTF-8 and come as they are.</summary>
internal static class MediaType
{
    public const string Json = "application/json";

    public const string Yaml = "application/yaml";

    private static readonly string[] NamesOfYaml = [Yaml, "application/x-yaml", "text/yaml"];

    public static bool IsYaml(HttpRequest request) =>
        request.Headers.ContentEncoding.Count == 0
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed)
        && NamesOfYaml.Contains(parsed.MediaType.Value, StringComparer.OrdinalIgnoreCase);

    public static bool IsJson(HttpRequest request) =>
        request.Headers.ContentEncoding.Count == 0
        && request.ContentType is { } type
        && (type.Equals(Json, StringComparison.OrdinalIgnoreCase) || IsJsonWithParameters(type));

    private static bool IsJsonWithParameters(string type) =>
        MediaTypeHeaderValue.TryParse(type, out var parsed)
        && parsed.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
        && (!parsed.Charset.HasValue
            || HeaderUtilities.RemoveQuotes(parsed.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
