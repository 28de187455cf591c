using System.Text;

namespace PaymentEngine.Ledger.GeneralLedger;

/// <summary>The chart of accounts, and the kinds of accounts that amounts of a template may speak of.</summary>
public sealed class Chart
{
    private readonly Dictionary<string, Subject> _byCode;

    /// <param name="subjects">In any order.</param>
    /// <param name="accountKinds">As they are stored: ChannelReceivable.</param>
    public Chart(IReadOnlyList<Subject> subjects, IReadOnlyList<string> accountKinds)
    {
        Subjects = [.. subjects.OrderBy(subject => subject.Code, StringComparer.Ordinal)];
        AccountKinds = accountKinds;
        _byCode = Subjects.ToDictionary(subject => subject.Code);
        Variables = new VoucherVariables(accountKinds);
    }

    public IReadOnlyList<Subject> Subjects { get; }

    public IReadOnlyList<string> AccountKinds { get; }

    /// <summary>What amounts of a template may speak of.</summary>
    public VoucherVariables Variables { get; }

    public Subject? Find(string code) => _byCode.GetValueOrDefault(code);

    public bool IsSameAs(Chart other) => Subjects.SequenceEqual(other.Subjects) && AccountKinds.SequenceEqual(other.AccountKinds);

    /// <summary>Null when lines can stand on it; otherwise what is wrong, and what would be right.</summary>
    internal string? FaultOf(string code) => Find(code) switch
    {
        { Level: Subject.LevelOfAccounts } => null,
        { } subject => $"{code} is of level {subject.Level}, and lines stand on level {Subject.LevelOfAccounts}{Below(code)}",
        null => $"there is no subject {code}{Near(code)}",
    };

    /// <summary>Those of the third level that share the longest beginning with it.</summary>
    private string Near(string code)
    {
        for (var length = Math.Min(code.Length, "0000.00".Length); length >= 2; length--)
        {
            if (Below(code[..length]) is { Length: > 0 } found)
            {
                return found;
            }
        }

        return string.Empty;
    }

    private string Below(string beginning)
    {
        var found = new StringBuilder();
        foreach (var subject in Subjects)
        {
            if (subject.Level == Subject.LevelOfAccounts && subject.Code.StartsWith(beginning, StringComparison.Ordinal))
            {
                found.Append(found.Length == 0 ? "; there is " : ", ").Append(subject.Code).Append(' ').Append(subject.Name);
            }
        }

        return found.ToString();
    }
}
