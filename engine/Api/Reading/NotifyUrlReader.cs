using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Notifications;

namespace PaymentEngine.Api.Reading;

/// <summary>Checks where a merchant wants to be told (N2).</summary>
internal static class NotifyUrlReader
{
    public static string? Check(string? text, Merchant merchant, string field, FieldErrors errors)
    {
        if (text is null || NotifyAddress.Check(text, merchant.NotifyOrigins, out _) is not { } error)
        {
            return text;
        }

        var (code, message) = Explain(error);
        errors.Add(field, code, message);
        return null;
    }

    private static (string Code, string Message) Explain(NotifyAddressError error) => error switch
    {
        NotifyAddressError.NotRegistered => (
            FieldCodes.NotifyUrlNotRegistered, "must match an origin (scheme, host, port) that is registered for you"),
        NotifyAddressError.Private => (FieldCodes.NotifyUrlPrivate, "must not lie in a private network"),
        _ => (
            FieldCodes.NotifyUrlMalformed,
            $"must be an absolute https address of at most {NotifyAddress.MaximumLength} characters, without user, password or fragment"),
    };
}
