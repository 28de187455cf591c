using Microsoft.OpenApi;

namespace PaymentEngine.Api.OpenApi;

/// <summary>What a request says outside its body.</summary>
internal sealed record RequestParameter(ParameterLocation In, string Name, bool Required, string Description, string Pattern);
