using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core;

namespace PaymentEngine.Api.Reading;

/// <summary>Reads one of the values of an enum, spelled as answers spell it.</summary>
internal static class EnumReader
{
    public static T? Read<T>(string? text, string path, FieldErrors errors)
        where T : struct, Enum
    {
        if (text is null)
        {
            return null;
        }

        foreach (var value in Enum.GetValues<T>())
        {
            if (SnakeCase.Of(value) == text)
            {
                return value;
            }
        }

        errors.Add(path, FieldCodes.UnknownValue, "must be one of " + string.Join(", ", Enum.GetNames<T>().Select(SnakeCase.Of)));
        return null;
    }
}
