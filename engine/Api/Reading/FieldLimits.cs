namespace PaymentEngine.Api.Reading;

/// <summary>The limits of the contract; the reader enforces them and the OpenAPI document tells them.</summary>
internal static class FieldLimits
{
    public const int MerchantOrderNo = 64;
    public const string MerchantOrderNoPattern = "^[A-Za-z0-9_.-]{1,64}$";
    public const string AmountPattern = @"^(0|[1-9][0-9]*)(\.[0-9]+)?$";
    public const string CurrencyPattern = "^[A-Z]{3}$";
    public const int Party = 64;
    public const int PayerAccount = 64;
    public const int Description = 256;
    public const int Element = 32;
    public const string ElementPattern = "^[A-Za-z0-9_.-]{1,32}$";

    public const int ShortestValidityS = 60;
    public const int LongestValidityS = 7 * 24 * 60 * 60;
    public const int UsualValidityS = 15 * 60;

    public const int IdempotencyKey = 64;
    public const string IdempotencyKeyPattern = "^[!-~]{1,64}$";
    public const int RequestSerial = 64;
    public const string RequestSerialPattern = "^[A-Za-z0-9._-]{1,64}$";

    public const int BodyBytes = 64 * 1024;

    /// <summary>Of a whole setup of routing.</summary>
    public const int SetupBytes = 1024 * 1024;

    public const int Comment = 512;
}
