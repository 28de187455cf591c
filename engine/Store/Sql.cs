using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;

namespace PaymentEngine.Store;

/// <summary>
/// The statements of the store. They live in .sql files beside the tables they serve, each under a line
/// <c>-- name: …</c>; <c>{day}</c> stands for the suffix of a day partition, and <c>{Folder/file.name}</c> for another
/// statement, so that what several of them mean is said once.
/// </summary>
internal static partial class Sql
{
    private const string NameMark = "-- name: ";

    private static readonly Dictionary<string, string> Statements = ReadAll();

    private static readonly ConcurrentDictionary<(string Name, DateOnly Day), string> OfDay = new();

    /// <param name="name">The file without its ending and the statement, as in <c>Orders/trade_order.insert</c>.</param>
    public static string Get(string name) =>
        Statements.TryGetValue(name, out var text) ? text : throw new InvalidOperationException($"no SQL statement {name}");

    /// <summary>The statement with its partition named, so that no planner has to look for it.</summary>
    public static string Get(string name, DateOnly day) =>
        OfDay.GetOrAdd((name, day), static key => Get(key.Name).Replace("{day}", key.Day.ToString("yyyyMMdd"), StringComparison.Ordinal));

    /// <summary>The statements of one file, in their order.</summary>
    public static IEnumerable<string> NamesIn(string file) =>
        Statements.Keys.Where(name => name.StartsWith(file + ".", StringComparison.Ordinal)).Select(name => name[(file.Length + 1)..]);

    public static string File(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"no embedded file {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public static IEnumerable<string> FilesIn(string folder) =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static Dictionary<string, string> ReadAll()
    {
        var statements = new Dictionary<string, string>();
        foreach (var file in Assembly.GetExecutingAssembly().GetManifestResourceNames())
        {
            var text = File(file);
            var start = text.IndexOf(NameMark, StringComparison.Ordinal);
            while (start >= 0)
            {
                var endOfName = text.IndexOf('\n', start);
                var next = text.IndexOf(NameMark, endOfName, StringComparison.Ordinal);
                var body = WithoutWordsOfTheNext(next < 0 ? text[endOfName..] : text[endOfName..next]);
                var name = text[(start + NameMark.Length)..endOfName].Trim();
                statements.Add($"{Path.ChangeExtension(file, null)}.{name}", body.TrimEnd(';'));
                start = next;
            }
        }

        return statements.ToDictionary(
            statement => statement.Key, statement => Named().Replace(statement.Value, match => statements[match.Groups["name"].Value]));
    }

    /// <summary>What stands above the name of a statement is about that one.</summary>
    private static string WithoutWordsOfTheNext(string body)
    {
        body = body.Trim();
        while (body.LastIndexOf('\n') is >= 0 and var end && body.AsSpan(end + 1).StartsWith("--"))
        {
            body = body[..end].TrimEnd();
        }

        return body;
    }

    [GeneratedRegex(@"\{(?<name>\w+/\w+\.\w+)\}")]
    private static partial Regex Named();
}
