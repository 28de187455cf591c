namespace PaymentEngine.Core.Accounting;

/// <summary>What accounts of one kind or another have in common.</summary>
public static class AccountKinds
{
    /// <summary>Its money is somebody's whom we serve.</summary>
    public static bool IsOfCustomer(this AccountKind kind) => kind is AccountKind.Merchant or AccountKind.Member;

    /// <summary>What is on it belongs to orders, each an open item until it is cleared (A9).</summary>
    /// <param name="kind">As it is stored.</param>
    public static bool HasItems(string kind) => kind is nameof(AccountKind.Transit) or nameof(AccountKind.Suspense);
}
