using PaymentEngine.Core.Directory;

namespace PaymentEngine.Runtime.Codes;

/// <summary>Who works for operations.</summary>
public interface IOperatorDirectory
{
    /// <summary>Whose key of the operations' interface this is; null for nobody's.</summary>
    Operator? ByOpsKey(ReadOnlySpan<byte> key);
}
