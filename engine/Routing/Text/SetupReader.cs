using PaymentEngine.Routing.Setup;

namespace PaymentEngine.Routing.Text;

/// <summary>Makes a setup of a document. What a part means is judged by the compiler; here it is only whether it says anything.</summary>
internal sealed class SetupReader(TextErrors errors)
{
    /// <summary>The category of a priority or a weight that is not told apart.</summary>
    private static readonly Func<TextMap, string?> Counted = _ => null;

    public RoutingSetup? Read(TextNode root) => FieldReader.Read(errors, root, string.Empty, fields => new RoutingSetup
    {
        Classes = fields.Parts("classes", ClassKey, Class),
        Channels = fields.Parts("channels", By("code"), Channel),
    });

    private static PaymentClass Class(FieldReader fields) => new()
    {
        Mode = fields.Required("mode"),
        CardKind = fields.Text("card_kind"),
        Terminal = fields.Text("terminal"),
        Channels = fields.Texts("channels"),
    };

    private RoutedChannel Channel(FieldReader fields)
    {
        var usual = new RoutedChannel { Code = string.Empty };
        return new RoutedChannel
        {
            Code = fields.Required("code"),
            Enabled = fields.Flag("enabled", usual.Enabled),
            Priority = Scores(fields, "priority", usual.Priority),
            Weight = Scores(fields, "weight", usual.Weight),
            Features = fields.Parts("features", Counted, Feature),
            Windows = fields.Parts("windows", Counted, Window),
            Cost = fields.Find("cost") is null ? null : new ChannelCost { Tiers = fields.Parts("cost", Counted, Tier) },
            MaximumBacklog = (int?)fields.Within("maximum_backlog", fields.Whole, int.MaxValue),
            CardMemory = fields.Duration("card_memory") ?? usual.CardMemory,
            Interfaces = fields.Parts("interfaces", By("code"), Interface),
        };
    }

    private RoutedInterface Interface(FieldReader fields)
    {
        var usual = new RoutedInterface { Code = string.Empty, Operation = string.Empty };
        return new RoutedInterface
        {
            Code = fields.Required("code"),
            Operation = fields.Required("operation"),
            Enabled = fields.Flag("enabled", usual.Enabled),
            Priority = Scores(fields, "priority", usual.Priority),
            Weight = Scores(fields, "weight", usual.Weight),
            Features = fields.Parts("features", Counted, Feature),
            Windows = fields.Parts("windows", Counted, Window),
            Limits = fields.Parts("limits", By("name"), Limit),
            Institutions = fields.Texts("institutions"),
            Attributes = Attributes(fields, "attributes"),
        };
    }

    private static Feature Feature(FieldReader fields) => new()
    {
        Element = fields.Required("element"),
        Operator = fields.Choice("operator", SetupNames.Operators, isRequired: true) ?? default,
        Values = fields.Texts("values"),
    };

    private static MaintenanceWindow Window(FieldReader fields) => new()
    {
        Begins = fields.Moment("begins"),
        Ends = fields.Moment("ends"),
        Days = fields.Choices("days", SetupNames.Days),
        From = fields.Time("from"),
        To = fields.Time("to"),
        Institution = fields.Text("institution"),
        Reason = fields.Text("reason"),
    };

    private LimitRule Limit(FieldReader fields) => new()
    {
        Name = fields.Required("name"),
        Currency = fields.Required("currency"),
        Institution = fields.Text("institution"),
        SingleMinimum = fields.Number("single_minimum"),
        SingleMaximum = fields.Number("single_maximum"),
        Period = fields.Choice("period", SetupNames.Periods),
        Per = fields.Choice("per", SetupNames.Subjects) ?? LimitSubject.Channel,
        Amount = fields.Number("amount"),
        Count = fields.Whole("count"),
    };

    private static CostTier Tier(FieldReader fields) => new()
    {
        FromVolume = fields.Number("from_volume") ?? 0,
        Fixed = fields.Number("fixed") ?? 0,
        Percent = fields.Within("percent", fields.Number, 100) ?? 0,
        Minimum = fields.Number("minimum"),
        Maximum = fields.Number("maximum"),
    };

    /// <summary>A number, the name of a script, or a list of both by category.</summary>
    private static IReadOnlyList<Score> Scores(FieldReader fields, string name, IReadOnlyList<Score> usual)
    {
        switch (fields.Find(name))
        {
            case null:
                return usual;
            case TextList:
                return fields.Parts(name, By("category"), score => new Score
                {
                    Category = score.Required("category"),
                    Value = score.Number("value"),
                    Script = score.Text("script"),
                });
            case TextScalar scalar when Scalars.Number(scalar) is { } value:
                return [new Score { Category = Score.BaseCategory, Value = value }];
            case var word:
                return fields.TextOf(word, fields.PathOf(name)) is { } script ? [new Score { Category = Score.BaseCategory, Script = script }] : [];
        }
    }

    private Dictionary<string, string> Attributes(FieldReader fields, string name)
    {
        var all = new Dictionary<string, string>();
        var path = fields.PathOf(name);
        switch (fields.Find(name))
        {
            case null:
                break;
            case TextMap map:
                foreach (var field in map.Fields)
                {
                    if (fields.IsSound(field.Name, path, field.Line)
                        && fields.TextOf(field.Value, $"{path}.{field.Name}") is { } text && !all.TryAdd(field.Name, text))
                    {
                        errors.Add($"{path}.{field.Name}", field.Line, "is there twice");
                    }
                }

                break;
            case var other:
                errors.Add(path, other.Line, "must have fields, each a name and a text");
                break;
        }

        return all;
    }

    private static Func<TextMap, string?> By(string name) => map => ScalarOf(map, name);

    private static string? ClassKey(TextMap map) => ScalarOf(map, "mode") is { } mode
        ? string.Join('/', new[] { mode, ScalarOf(map, "card_kind"), ScalarOf(map, "terminal") }.OfType<string>())
        : null;

    private static string? ScalarOf(TextMap map, string name) =>
        map.Fields.FirstOrDefault(field => field.Name == name).Value is TextScalar { Value.Length: > 0 } scalar ? scalar.Value : null;
}
