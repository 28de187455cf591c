using System.Diagnostics;
using System.Text.RegularExpressions;

namespace PaymentEngine.Scripting;

/// <summary>regex.*: all expressions of one evaluation share one limit of time.</summary>
internal static class RegexFunctions
{
    private const int MaxPattern = 1_000;
    private const int CostOfPattern = 8_192;
    private const int CostOfMatch = 400;

    public static readonly IReadOnlyList<BuiltIn> All =
    [
        new("regex.escape", "pattern:Text", a => a.MadeText(Regex.Escape(a.Text(0)))) { Result = ParameterType.Text },
        new("regex.unescape", "pattern:Text", Unescape) { Result = ParameterType.Text },
        new("regex.match", "text:Text pattern:Text options:Text?", a => Run(a, 2, Match)) { Result = ParameterType.List },
        new("regex.matches", "text:Text pattern:Text options:Text?", a => Run(a, 2, Matches)) { Result = ParameterType.List },
        new("regex.split", "text:Text pattern:Text options:Text?", a => Run(a, 2, Split)) { Result = ParameterType.List },
        new("regex.replace", "text:Text pattern:Text replace:Text options:Text?", a => Run(a, 3, Replace)) { Result = ParameterType.Text },
    ];

    /// <summary>The first expression of a process is slow because the runtime compiles the matcher; no script pays for that.</summary>
    private static readonly bool s_isWarm = WarmUp();

    private static bool WarmUp()
    {
        var patience = TimeSpan.FromSeconds(10);
        foreach (var pattern in new[] { @"(\w+) a ([a-z]+\d+)", @"\s*,\s*", "b+c+$", "(a|[^b])*?c" })
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, patience).Match("this is a text123, aabbcc");
            _ = new Regex(pattern, RegexOptions.CultureInvariant, patience).Replace("this is a text123, aabbcc", match => match.Result("$0"));
        }

        return true;
    }

    private delegate Value Work(Regex regex, Args a);

    private static Value Run(Args a, int options, Work work)
    {
        var pattern = a.Text(1);
        if (pattern.Length > MaxPattern) throw new ScriptFault($"The regular expression is too long: {pattern.Length} of at most {MaxPattern} characters");
        a.Budget.Charge(CostOfPattern);
        _ = s_isWarm;
        var startedAt = Stopwatch.GetTimestamp();
        try
        {
            return work(new Regex(pattern, OptionsOf(a.TextOrNull(options)), a.Budget.RegexTimeLeft), a);
        }
        catch (RegexMatchTimeoutException)
        {
            throw a.Budget.RegexTooSlow();
        }
        catch (ArgumentException invalid)
        {
            throw new ScriptFault($"The regular expression is not valid: {invalid.Message}");
        }
        finally
        {
            a.Budget.SpendRegex(startedAt);
        }
    }

    private static RegexOptions OptionsOf(string? letters)
    {
        var options = RegexOptions.CultureInvariant;
        foreach (var letter in letters ?? "")
        {
            options |= letter switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                _ => RegexOptions.None,
            };
        }

        return options;
    }

    private static Value Match(Regex regex, Args a)
    {
        var match = regex.Match(a.Text(0));
        return Value.Of(match.Success ? GroupsOf(match, a) : new ScriptArray(0));
    }

    private static ScriptArray GroupsOf(Match match, Args a)
    {
        a.Budget.Charge(CostOfMatch);
        var groups = a.NewArray(match.Groups.Count);
        foreach (System.Text.RegularExpressions.Group group in match.Groups)
        {
            a.Budget.ChargeText(group.Length);
            groups.Add(Value.Of(group.Value));
        }

        return groups;
    }

    private static Value Matches(Regex regex, Args a)
    {
        var found = a.NewArray(4);
        for (var match = regex.Match(a.Text(0)); match.Success; match = match.NextMatch()) found.Add(Value.Of(GroupsOf(match, a)));
        return Value.Of(found);
    }

    private static Value Split(Regex regex, Args a)
    {
        var (text, start, parts) = (a.Text(0), 0, a.NewArray(4));
        for (var match = regex.Match(text); match.Success; match = match.NextMatch())
        {
            a.Budget.Charge(CostOfMatch);
            AddPart(parts, text[start..match.Index], a);
            for (var i = 1; i < match.Groups.Count; i++)
            {
                if (match.Groups[i].Success) AddPart(parts, match.Groups[i].Value, a);
            }

            start = match.Index + match.Length;
        }

        AddPart(parts, text[start..], a);
        return Value.Of(parts);
    }

    private static void AddPart(ScriptArray parts, string part, Args a)
    {
        a.Budget.ChargeText(part.Length + 8);
        parts.Add(Value.Of(part));
    }

    private static Value Replace(Regex regex, Args a)
    {
        var (replacement, budget) = (a.Text(2), a.Budget);
        budget.ChargeText(a.Text(0).Length);
        return a.MadeText(regex.Replace(a.Text(0), match =>
        {
            budget.Charge(CostOfMatch);
            var text = match.Result(replacement);
            budget.ChargeText(text.Length);
            return text;
        }));
    }

    private static Value Unescape(Args a)
    {
        try
        {
            return a.MadeText(Regex.Unescape(a.Text(0)));
        }
        catch (ArgumentException invalid)
        {
            throw new ScriptFault($"The text cannot be unescaped: {invalid.Message}");
        }
    }
}
