using System.Text.Json;

namespace PaymentEngine.Core;

/// <summary>Names as they are told and stored: AccountFrozen is account_frozen.</summary>
public static class SnakeCase
{
    public static string Of(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    public static string Of<T>(T value)
        where T : struct, Enum => Of(value.ToString());
}
