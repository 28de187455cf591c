namespace PaymentEngine.Tests.Hell.Judgement;

/// <summary>What was found: everything wrong, and everything that is left for a person.</summary>
internal sealed class Verdict
{
    private readonly List<Violation> _wrong = [];
    private readonly List<LeftOver> _left = [];

    public IReadOnlyList<Violation> Wrong => _wrong;

    public IReadOnlyList<LeftOver> Left => _left;

    public void Violates(string rule, string detail) => _wrong.Add(new Violation(rule, detail));

    public void ViolatesIf(bool isSo, string rule, string detail)
    {
        if (isSo)
        {
            Violates(rule, detail);
        }
    }

    public void Leave(LeftOver left) => _left.Add(left);
}

internal sealed record Violation(string Rule, string Detail);

/// <summary>An order that only a person can bring to its end.</summary>
/// <param name="InJournal">What the bank did.</param>
/// <param name="AtEngine">What the engine says of it.</param>
internal sealed record LeftOver(string OrderNo, string Number, string InJournal, string AtEngine);
