namespace PaymentEngine.Core.Directory;

/// <summary>Somebody who works for operations, as his key says.</summary>
/// <param name="Actor">As he stands in histories.</param>
public sealed record Operator(string Actor, OperatorRoles Roles);

[Flags]
public enum OperatorRoles
{
    None = 0,

    /// <summary>May look.</summary>
    View = 1,

    /// <summary>May change what one person may change, and ask for the rest.</summary>
    Edit = 2,

    /// <summary>May agree to what somebody else has asked for.</summary>
    Approve = 4,
}
