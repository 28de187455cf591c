using System.Text;
using PaymentEngine.Routing.Setup;
using PaymentEngine.Routing.Text;
using Xunit;

namespace PaymentEngine.Tests.Unit.Routing.Text;

/// <summary>What is wrong with a text, all at once, each with its path and its line; and texts that mean harm.</summary>
[Trait("Rule", "C1")]
public sealed class RoutingTextErrorTests
{
    [Fact]
    public void everything_that_is_wrong_is_said_at_once_with_path_and_line_C1() => Assert.Equal(
        [
            "1 clases: is no field here; there are channels, classes",
            "4 channels[A].code: is there twice",
            "5 channels[A].enabled: must be true or false",
            "6 channels[A].priority: must be a text",
            "7 channels[A].features[0]: must have fields, each a name and a value",
            "8 channels[A].features[1].element: is missing",
            "8 channels[A].features[1].operator: must be one of between, contains, equals, greater, in, less, not_contains, not_equals, not_in",
            "8 channels[A].features[1].values: must be a list",
            "9 channels[A].windows: must be a list",
            "10 channels[A].card_memory: must be a duration such as 30m, 1h30m or 2d",
            "12 channels[A].interfaces[0].code: is missing",
            "13 channels[A].interfaces[0].limits[day].amount: must be a number",
            "13 channels[A].interfaces[0].limits[day].count: must be a whole number",
            "13 channels[A].interfaces[0].limits[day].currency: is missing",
            "14 channels[A].interfaces[0].attributes: must have fields, each a name and a text",
            "15 channels[A].interfaces[0].institutions[0]: must be a text",
        ],
        Errors(
            """
            clases: []
            channels:
              - code: A
                code: B
                enabled: yes
                priority: { base: 1 }
                features: [amount,
                  { operator: above, values: 1 }]
                windows: { from: "01:00" }
                card_memory: 30 minutes
                interfaces:
                  - operation: pay
                    limits: [{ name: day, amount: much, count: 1.5 }]
                    attributes: [1]
                    institutions: [[CMB]]
            """).OrderBy(LineOf).ThenBy(it => it, StringComparer.Ordinal),
        StringComparer.Ordinal);

    [Theory]
    [InlineData("", "1 : the document is empty")]
    [InlineData("# only a comment", "the document is empty")]
    [InlineData("7", "must have fields")]
    [InlineData("- a", "must have fields")]
    [InlineData("a: b: c", "1 : ")]
    [InlineData("channels:\n  - code: A\n - code: B", "3 : ")]
    [InlineData("channels: []\n---\nchannels: []", "2 : one document, and no second")]
    [InlineData("channels: &a []\nclasses: *a", "1 : anchors, aliases and tags are not used here")]
    [InlineData("classes: *a", "1 : ")]
    [InlineData("channels: !!set {}", "1 : anchors, aliases and tags are not used here")]
    [InlineData("? [a]\n: b", "1 : a name is a word")]
    [InlineData("{\"channels\":[}", "1 : ")]
    [InlineData("{\n\"channels\":[],\n}", "3 : ")]
    [InlineData("{\"channels\":[]} x", "1 : ")]
    [InlineData("{\"channels\":[{\"code\":\"\\ud83d\"}]}", "half of a surrogate pair")]
    [InlineData("channels: [{ code: \"\\a\" }]", "contains control characters")]
    [InlineData("channels: [{ code: \"\\0\" }]", "contains control characters")]
    [InlineData("channels: [{ code: A, interfaces: [{ code: pay, operation: pay, attributes: { \"a\\0b\": x } }] }]", "attributes: contains control characters")]
    [InlineData("channels: [{ code: A, maximum_backlog: 3000000000 }]", "must be at most 2147483647")]
    [InlineData("channels: [{ code: A, cost: [{ percent: 101 }] }]", "channels[A].cost[0].percent: must be at most 100")]
    [InlineData("channels: [{ code: A, weight: 1e5 }]", null)]
    [InlineData("channels: [{ code: A, weight: [{ category: base, value: 9999999999999999 }] }]", "must be a number")]
    [InlineData("channels: [{ code: A, windows: [{ from: \"24:00\" }] }]", "must be a time of day")]
    [InlineData("channels: [{ code: A, windows: [{ begins: 2026-01-01T00:00:00 }] }]", "must be a moment with its offset")]
    public void what_is_not_a_setup_is_refused_C1(string text, string? why)
    {
        if (why is null)
        {
            Assert.Equal("1e5", RoutingText.Read(text).Setup.Channels[0].Weight[0].Script);
            return;
        }

        Assert.Contains(Errors(text), error => error.Contains(why, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0s", 0)]
    [InlineData("250ms", 250)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("2d1ms", 172_800_001)]
    [InlineData("90m", 5_400_000)]
    [InlineData("30", -1)]
    [InlineData("m", -1)]
    [InlineData("", -1)]
    [InlineData("30m1h", -1)]
    [InlineData("1m1m", -1)]
    [InlineData("-1m", -1)]
    [InlineData("1.5h", -1)]
    [InlineData("999999999d", -1)]
    public void durations_are_written_as_people_say_them_C1(string text, long ms)
    {
        var document = $"channels: [{{ code: A, card_memory: \"{text}\" }}]";
        if (ms < 0)
        {
            Assert.Contains("must be a duration", Assert.Single(Errors(document)), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(TimeSpan.FromMilliseconds(ms), RoutingText.Read(document).Setup.Channels[0].CardMemory);
        }
    }

    public static TheoryData<string> Hostile =>
    [
        new string('[', 100_000),
        new string('{', 100_000),
        "{\"a\":" + new string('[', 100_000),
        string.Concat(Enumerable.Repeat("- ", 100_000)),
        string.Concat(Enumerable.Repeat("? ", 100_000)),
        "a: [" + string.Join(',', Enumerable.Repeat("x", 500_000)) + "]",
        "a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\n",
        "channels:\n" + string.Concat(Enumerable.Repeat("  - x: 1\n", 50_000)),
        "channels: " + new string('x', 2_000_000),
        string.Concat(Enumerable.Repeat("a: b\n", 100_000)),
        "channels: \0",
        $"channels: [{{ code: {new string('c', 100_000)}, interfaces: [{string.Join(',', Enumerable.Repeat("{ code: [], foo: x }", 1_000))}] }}]",
        $"classes: [{{ mode: {new string('m', 1_000)}, foo: x }}]",
        $"? {new string('k', 900_000)}\n: x",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void a_document_that_means_harm_is_refused_in_few_words_C1(string text)
    {
        var errors = Errors(text);

        Assert.InRange(errors.Count, 1, 100);
        Assert.InRange(errors.Max(error => error.Length), 1, 1_000);
    }

    [Theory]
    [InlineData("channels: [{ code: LONG }]", "channels[0].code")]
    [InlineData("classes: [{ mode: quick, channels: [LONG] }]", "classes[quick].channels[0]")]
    [InlineData("channels: [{ code: A, weight: LONG }]", "channels[A].weight")]
    [InlineData("channels: [{ code: A, interfaces: [{ code: LONG, operation: pay }] }]", "channels[A].interfaces[0].code")]
    [InlineData("channels: [{ code: A, interfaces: [{ code: pay, operation: pay, limits: [{ name: LONG, currency: CNY }] }] }]", "channels[A].interfaces[pay].limits[0].name")]
    [InlineData("channels: [{ code: A, interfaces: [{ code: pay, operation: pay, attributes: { LONG: x } }] }]", "channels[A].interfaces[pay].attributes")]
    public void a_name_has_its_length_C1(string text, string path)
    {
        Assert.Empty(Errors(text.Replace("LONG", new string('n', 256), StringComparison.Ordinal)));

        var error = Assert.Single(Errors(text.Replace("LONG", new string('n', 800), StringComparison.Ordinal)));
        Assert.Equal($"1 {path}: is longer than 256 characters", error);
    }

    /// <summary>Whatever is done to a text, it is a setup or it is refused with words.</summary>
    [Fact]
    public void no_text_brings_the_reader_down_C1()
    {
        var random = new Random(20_26);
        var good = RoutingText.ToYaml(RoutingText.Read("channels: [{ code: A, windows: [{ from: \"01:00\", to: \"02:00\" }], interfaces: [{ code: pay, operation: pay }] }]").Setup);
        var json = RoutingText.ToJson(RoutingText.Read(good).Setup);
        const string letters = "[]{}:,-?&*!|>'\"%@`#\n\t \\ax0\u0085\ud83d~<";
        for (var i = 0; i < 5_000; i++)
        {
            var text = new StringBuilder(i % 2 == 0 ? good : json);
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                var at = random.Next(text.Length);
                _ = random.Next(3) switch
                {
                    0 => text.Remove(at, Math.Min(random.Next(1, 5), text.Length - at)),
                    1 => text.Insert(at, letters[random.Next(letters.Length)]),
                    _ => text.Replace(text[at], letters[random.Next(letters.Length)], at, 1),
                };
            }

            Errors(text.ToString());
        }
    }

    [Theory]
    [InlineData("channels: [{ code: A }]")]
    [InlineData("{\"channels\":[{\"code\":\"A\"}]}")]
    public void a_byte_order_mark_in_front_is_no_part_of_a_text_C1(string text) =>
        Assert.Equal("A", RoutingText.Read('\ufeff' + text).Setup.Channels[0].Code);

    private static List<string> Errors(string text)
    {
        try
        {
            RoutingText.Read(text);
            return [];
        }
        catch (UnfitSetupException unfit)
        {
            return [.. unfit.Errors.Select(error => $"{error.Line} {error.Path}: {error.Message}")];
        }
    }

    private static int LineOf(string error) => int.Parse(error.Split(' ')[0]);
}
