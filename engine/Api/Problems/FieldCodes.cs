namespace PaymentEngine.Api.Problems;

/// <summary>What can be wrong with a field of a request, as stable codes.</summary>
public static class FieldCodes
{
    public const string Required = "required";
    public const string UnknownField = "unknown_field";
    public const string DuplicateField = "duplicate_field";
    public const string WrongType = "wrong_type";
    public const string WrongLength = "wrong_length";
    public const string InvalidCharacters = "invalid_characters";
    public const string OutOfRange = "out_of_range";
    public const string UnknownValue = "unknown_value";
    public const string CurrencyUnknown = "currency_unknown";
    public const string CurrencyNotEnabled = "currency_not_enabled";
    public const string AmountMalformed = "amount_malformed";
    public const string AmountNotPositive = "amount_not_positive";
    public const string AmountHasFractionOfMinorUnit = "amount_has_fraction_of_minor_unit";
    public const string AmountOverflow = "amount_overflow";
    public const string NotifyUrlMalformed = "notify_url_malformed";
    public const string NotifyUrlNotRegistered = "notify_url_not_registered";
    public const string NotifyUrlPrivate = "notify_url_private";
}
