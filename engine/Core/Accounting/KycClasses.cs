namespace PaymentEngine.Core.Accounting;

/// <summary>A customer as a class looks at him.</summary>
public sealed record CustomerStanding(string Class, int Verifications, bool IsFaceToFace);

/// <param name="Verifications">How many have to vouch.</param>
/// <param name="FaceToFace">Whether being met stands for all of them.</param>
public sealed record ClassNeeds(string Class, int Verifications, bool FaceToFace);

public static class KycClasses
{
    /// <summary>I, II and III: as they sort, their limits rise.</summary>
    public static bool IsRaise(string from, string to) => string.CompareOrdinal(from, to) < 0;

    public static bool IsMet(ClassNeeds needs, CustomerStanding customer) =>
        customer.Verifications >= needs.Verifications || (customer.IsFaceToFace && needs.FaceToFace);
}
