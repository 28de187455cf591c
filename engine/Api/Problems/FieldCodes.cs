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
    public const string AmountTooLarge = "amount_too_large";
    public const string NotifyUrlMalformed = "notify_url_malformed";
    public const string NotifyUrlNotRegistered = "notify_url_not_registered";
    public const string NotifyUrlPrivate = "notify_url_private";

    /// <summary>All of them, in words. The documentation is made from this table.</summary>
    public static readonly IReadOnlyList<(string Code, string Meaning)> All =
    [
        (Required, "The field, or parameter of the query, must be there."),
        (UnknownField, "This request has no such field."),
        (DuplicateField, "The field is there more than once."),
        (WrongType, "Not the JSON type that it must be; null is of no type, an optional field is left out instead."),
        (WrongLength, "Too short or too long, in characters."),
        (InvalidCharacters, "Characters that the field must not have; the message names those that it may have."),
        (OutOfRange, "A number or a moment outside its limits."),
        (UnknownValue, "Not one of the values that the message lists."),
        (CurrencyUnknown, "Not a code of ISO 4217."),
        (CurrencyNotEnabled, "The merchant has no account in this currency."),
        (AmountMalformed, "Not a decimal number in a string."),
        (AmountNotPositive, "Zero, or with a sign."),
        (AmountHasFractionOfMinorUnit, "More decimals than the currency has."),
        (AmountTooLarge, "More than 1,000,000,000,000 minor units of the currency, which is 10,000,000,000.00 CNY."),
        (NotifyUrlMalformed, "Not an address at which a merchant can be told."),
        (NotifyUrlNotRegistered, "Not at one of the merchant's registered origins."),
        (NotifyUrlPrivate, "Leads into a private network."),
    ];
}
