namespace PaymentEngine.Host;

/// <summary>A setting that the engine cannot run with; the message names it and says what would do.</summary>
internal sealed class UnfitSettingException(string message, Exception? cause = null) : Exception(message, cause);
