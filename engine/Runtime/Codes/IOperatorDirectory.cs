namespace PaymentEngine.Runtime.Codes;

/// <summary>Who works for operations.</summary>
public interface IOperatorDirectory
{
    /// <summary>Whose key of the operations' interface this is, as it will stand in histories; null for nobody's.</summary>
    string? ActorByOpsKey(ReadOnlySpan<byte> key);
}
