using System.Globalization;
using System.Text.RegularExpressions;
using PaymentEngine.Core;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Setup;

namespace PaymentEngine.Routing.Text;

/// <summary>A setup as a document: in the order of its own fields, and without what is usual.</summary>
internal static partial class SetupWriter
{
    public static TextMap Write(RoutingSetup setup) => new Fields()
        .List("classes", setup.Classes, Class)
        .List("channels", setup.Channels, Channel)
        .ToMap();

    private static TextMap Class(PaymentClass known) => new Fields()
        .Text("mode", known.Mode)
        .Text("card_kind", known.CardKind)
        .Text("terminal", known.Terminal)
        .List("channels", known.Channels, Text)
        .ToMap();

    private static TextMap Channel(RoutedChannel channel) => new Fields()
        .Text("code", channel.Code)
        .Bare("enabled", channel.Enabled ? null : "false")
        .Put("priority", Scores(channel.Priority, []))
        .Put("weight", Scores(channel.Weight, [Score.Usual]))
        .List("features", channel.Features, Feature)
        .List("windows", channel.Windows, Window)
        .Put("cost", channel.Cost is { } cost ? new TextList([.. cost.Tiers.Select(Tier)]) : null)
        .Bare("maximum_backlog", channel.MaximumBacklog?.ToString(CultureInfo.InvariantCulture))
        .Text("card_memory", channel.CardMemory == TimeSpan.FromMinutes(30) ? null : Durations.Write(channel.CardMemory))
        .List("interfaces", channel.Interfaces, Interface)
        .ToMap();

    private static TextMap Interface(RoutedInterface known) => new Fields()
        .Text("code", known.Code)
        .Text("operation", known.Operation)
        .Bare("enabled", known.Enabled ? null : "false")
        .Put("priority", Scores(known.Priority, []))
        .Put("weight", Scores(known.Weight, [Score.Usual]))
        .List("features", known.Features, Feature)
        .List("windows", known.Windows, Window)
        .List("limits", known.Limits, Limit)
        .List("institutions", known.Institutions, Text)
        .Put("attributes", known.Attributes.Count == 0 ? null
            : new TextMap([.. known.Attributes.OrderBy(it => it.Key, StringComparer.Ordinal).Select(it => new TextField(it.Key, Text(it.Value)))]))
        .ToMap();

    private static TextMap Feature(Feature feature) => new Fields()
        .Text("element", feature.Element)
        .Text("operator", SnakeCase.Of(feature.Operator))
        .Put("values", new TextList([.. feature.Values.Select(value => ValueOf(feature.Element, value))]))
        .ToMap(isShort: true);

    /// <summary>Numbers stand without quotes where they are numbers.</summary>
    private static TextScalar ValueOf(string element, string value) =>
        new(value, IsText: Elements.Find(element) is not { Text: null } || !PlainNumber().IsMatch(value));

    private static TextMap Window(MaintenanceWindow window) => new Fields()
        .Text("begins", Moment(window.Begins))
        .Text("ends", Moment(window.Ends))
        .List("days", window.Days, day => Text(SnakeCase.Of(day)))
        .Text("from", Time(window.From))
        .Text("to", Time(window.To))
        .Text("institution", window.Institution)
        .Text("reason", window.Reason)
        .ToMap(isShort: true);

    private static TextMap Limit(LimitRule limit) => new Fields()
        .Text("name", limit.Name)
        .Text("currency", limit.Currency)
        .Text("institution", limit.Institution)
        .Number("single_minimum", limit.SingleMinimum)
        .Number("single_maximum", limit.SingleMaximum)
        .Text("period", limit.Period is { } period ? SnakeCase.Of(period) : null)
        .Text("per", limit.Per == LimitSubject.Channel ? null : SnakeCase.Of(limit.Per))
        .Number("amount", limit.Amount)
        .Number("count", limit.Count)
        .ToMap(isShort: true);

    private static TextMap Tier(CostTier tier) => new Fields()
        .Number("from_volume", tier.FromVolume == 0 ? null : tier.FromVolume)
        .Number("fixed", tier.Fixed == 0 ? null : tier.Fixed)
        .Number("percent", tier.Percent)
        .Number("minimum", tier.Minimum)
        .Number("maximum", tier.Maximum)
        .ToMap(isShort: true);

    private static TextNode? Scores(IReadOnlyList<Score> scores, IReadOnlyList<Score> usual) =>
        scores.SequenceEqual(usual) ? null
        : scores is [{ Category: Score.BaseCategory, Value: { } value, Script: null }] ? Bare(value)
        : scores is [{ Category: Score.BaseCategory, Value: null, Script: { } script }] ? Text(script)
        : new TextList([.. scores.Select(score => new Fields()
            .Text("category", score.Category).Number("value", score.Value).Text("script", score.Script).ToMap(isShort: true))]);

    private static TextScalar Text(string text) => new(text, IsText: true);

    private static TextScalar Bare(decimal number) => new(number.ToString("0.############################", CultureInfo.InvariantCulture), IsText: false);

    private static string? Time(TimeOnly? time) => time?.ToString(time.Value.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);

    private static string? Moment(DateTimeOffset? moment) => moment?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainNumber();

    /// <summary>The fields of one part; those that are null are left out.</summary>
    private sealed class Fields
    {
        private readonly List<TextField> _fields = [];

        public Fields Put(string name, TextNode? value)
        {
            if (value is not null)
            {
                _fields.Add(new TextField(name, value));
            }

            return this;
        }

        public Fields Text(string name, string? text) => Put(name, text is null ? null : SetupWriter.Text(text));

        public Fields Bare(string name, string? text) => Put(name, text is null ? null : new TextScalar(text, IsText: false));

        public Fields Number(string name, decimal? number) => Put(name, number is { } known ? SetupWriter.Bare(known) : null);

        public Fields List<T>(string name, IReadOnlyList<T> items, Func<T, TextNode> write) =>
            Put(name, items.Count == 0 ? null : new TextList([.. items.Select(write)]));

        public TextMap ToMap(bool isShort = false) => new(_fields) { IsShort = isShort };
    }
}
