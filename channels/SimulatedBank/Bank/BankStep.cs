namespace PaymentEngine.Channels.Simulator;

internal enum StepKind : byte
{
    /// <summary>A <see cref="BankCall"/> is decided: an order executed, a question looked up.</summary>
    Decide,

    /// <summary>A <see cref="BankCall"/> is answered.</summary>
    Answer,

    /// <summary>A <see cref="BankRequest"/> that was accepted is executed.</summary>
    Execute,

    /// <summary>A number becomes visible to queries.</summary>
    Reveal,

    /// <summary>A <see cref="BankCallback"/> is sent.</summary>
    Send,
}

/// <summary>One thing that the institution will do.</summary>
internal readonly record struct BankStep(StepKind Kind, object What);
