using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Writing;

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
            if (StateNames.Snake(value.ToString()) == text)
            {
                return value;
            }
        }

        errors.Add(path, FieldCodes.UnknownValue, "must be one of " + string.Join(", ", Enum.GetNames<T>().Select(StateNames.Snake)));
        return null;
    }
}
