using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace PaymentEngine.Api.OpenApi;

/// <summary>The OpenAPI document of the merchants' interface.</summary>
internal static class MerchantDocument
{
    public const string Name = "v1";
    public const string Path = "/openapi/{documentName}.json";
    public const string SecurityScheme = "api_key";

    public static IServiceCollection AddMerchantDocument(this IServiceCollection services)
    {
        // Property names of the document; bodies themselves are written by hand.
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        return services.AddOpenApi(Name, options =>
        {
            options.ShouldInclude = endpoint => endpoint.RelativePath!.StartsWith("v1/", StringComparison.Ordinal);
            options.AddDocumentTransformer(DescribeAsync);
            options.AddSchemaTransformer(RefineAsync);
            options.CreateSchemaReferenceId = type => NameOf(type.Type) ?? OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        });
    }

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        document.Info = new OpenApiInfo
        {
            Title = "PaymentEngine",
            Version = Name,
            Description = "Trades are submitted and read by merchants. Amounts are decimal strings in major units; times are UTC.",
        };
        document.Servers = [];
        document.AddComponent(SecurityScheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The merchant's API key.",
        });
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SecurityScheme, document)] = [] }];
        return Task.CompletedTask;
    }

    private static Task RefineAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var values = context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: false);
        if (values is [AllowedValuesAttribute { Values: var allowed }])
        {
            schema.Enum = [.. allowed.Select(value => JsonValue.Create((string)value!))];
        }

        // In the schema records an empty text only marks a field as optional.
        if (schema.Default is JsonValue value && value.TryGetValue<string>(out var text) && text.Length == 0)
        {
            schema.Default = null;
        }

        return Task.CompletedTask;
    }

    private static string? NameOf(Type type) =>
        type.Namespace == typeof(MerchantDocument).Namespace
            ? type.Name.Replace("Response", string.Empty, StringComparison.Ordinal)
            : null;
}
