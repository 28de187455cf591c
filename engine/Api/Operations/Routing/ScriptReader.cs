using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;
using PaymentEngine.Routing.Book;
using PaymentEngine.Scripting;

namespace PaymentEngine.Api.Operations.Routing;

/// <summary>The text of a script as somebody sent it.</summary>
internal sealed record SentScript(string Text, string Comment);

/// <param name="Facts">Made up, to see what the script does with them.</param>
internal sealed record TriedScript(string Text, ScriptPurpose Purpose, IReadOnlyDictionary<string, Value> Facts);

internal static class ScriptReader
{
    private const int Script = 0;
    private const int CommentOrPurpose = 1;
    private const int Facts = 2;

    private const decimal MostOfANumber = 1_000_000_000_000_000;

    private static readonly FieldNames VersionNames = new(string.Empty, required: 1, "script", "comment");
    private static readonly FieldNames TryNames = new(string.Empty, required: 1, "script", "purpose", "facts");
    private static readonly TextRule Lines = TextRule.OfLines(1, FieldLimits.BodyBytes);
    private static readonly TextRule CommentRule = TextRule.OfLines(0, FieldLimits.Comment);

    /// <summary>What a fact of each purpose is called, in the order of its schema.</summary>
    private static readonly Dictionary<string, (FieldNames Names, ScriptInput[] Inputs)> FactsOf = ScriptPurpose.All.ToDictionary(
        purpose => purpose.Name,
        purpose => (new FieldNames("facts.", required: 0, [.. purpose.Schema.Inputs.Select(input => input.Name)]), purpose.Schema.Inputs.ToArray()));

    public static OrProblem<SentScript> ReadVersion(ReadOnlySpan<byte> body, string actor)
    {
        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        (string? script, string? comment) = (null, string.Empty);
        json.Open();
        for (var seen = 0u; json.Next(VersionNames, ref seen, out var field);)
        {
            if (field == Script)
            {
                script = json.Text(Lines);
            }
            else
            {
                comment = json.Text(CommentRule);
            }
        }

        json.Close();
        return errors.Any ? errors.ToProblem() : new SentScript(script!, comment!);
    }

    /// <summary>The purpose is read first, wherever it stands: it says which facts there are.</summary>
    public static OrProblem<TriedScript> ReadTry(ReadOnlySpan<byte> body, string actor)
    {
        var ignored = new FieldErrors();
        var purpose = ReadPurpose(body, ignored);
        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        string? script = null;
        var facts = new Dictionary<string, Value>();
        json.Open();
        for (var seen = 0u; json.Next(TryNames, ref seen, out var field);)
        {
            switch (field)
            {
                case Script:
                    script = json.Text(Lines);
                    break;
                case CommentOrPurpose when json.Text(TextRule.Code) is { } named && ScriptPurpose.Find(named) is null:
                    errors.Add(TryNames.Path(field), FieldCodes.UnknownValue, "must be one of " + string.Join(", ", ScriptPurpose.All.Select(known => known.Name)));
                    break;
                case Facts when json.TryEnter():
                    ReadFacts(ref json, FactsOf[purpose.Name], facts);
                    break;
            }
        }

        json.Close();
        return errors.Any ? errors.ToProblem() : new TriedScript(script!, purpose, facts);
    }

    private static ScriptPurpose ReadPurpose(ReadOnlySpan<byte> body, FieldErrors errors)
    {
        var json = new StrictJson(body, errors);
        string? purpose = null;
        json.Open();
        for (var seen = 0u; json.Next(TryNames, ref seen, out var field);)
        {
            if (field == CommentOrPurpose)
            {
                purpose = json.Text(TextRule.Code);
            }
            else
            {
                json.Skip();
            }
        }

        return ScriptPurpose.Find(purpose ?? ScriptPurpose.Score.Name) ?? ScriptPurpose.Score;
    }

    private static void ReadFacts(ref StrictJson json, (FieldNames Names, ScriptInput[] Inputs) known, Dictionary<string, Value> facts)
    {
        for (var seen = 0u; json.Next(known.Names, ref seen, out var field);)
        {
            var input = known.Inputs[field];
            var value = input.Type switch
            {
                ScriptType.Integer => json.Integer(int.MinValue, int.MaxValue) is { } whole ? Value.Of(whole) : (Value?)null,
                ScriptType.Decimal => json.Decimal(MostOfANumber) is { } number ? Value.Of(number) : null,
                ScriptType.Bool => json.Boolean() is { } truth ? Value.Of(truth) : null,
                _ => json.Text(TextRule.Party) is { } text ? Value.Of(text) : null,
            };
            if (value is { } given)
            {
                facts[input.Name] = given;
            }
        }
    }
}
