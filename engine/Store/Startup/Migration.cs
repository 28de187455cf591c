using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace PaymentEngine.Store.Startup;

/// <summary>
/// A numbered change of the schema (docs/decisions/0012). A line <c>-- compatible with: N</c> says that versions which
/// know migration N, and none after it, work with this one too; without it no older version does.
/// </summary>
public sealed partial record Migration(int Number, string Name, string Sql)
{
    private const string Folder = "Migrations";

    /// <summary>All that this version knows, in their order.</summary>
    public static IReadOnlyList<Migration> All { get; } = [.. Store.Sql.FilesIn(Folder).Select(file => Read(file, Store.Sql.File(file)))];

    public byte[] Fingerprint { get; } = SHA256.HashData(Encoding.UTF8.GetBytes(Sql));

    /// <summary>The oldest version that works with it, named by the newest migration that it knows.</summary>
    public int CompatibleWith { get; } = CompatibleLine().Match(Sql) is { Success: true } line ? int.Parse(line.Groups[1].ValueSpan) : Number;

    /// <summary>Indexes of tables in use are built concurrently, which a transaction does not allow; then statements go one by one.</summary>
    public bool InTransaction { get; } = !OutsideLine().IsMatch(Sql);

    /// <summary>What is sent at once.</summary>
    public IReadOnlyList<string> Statements => InTransaction ? [Sql] : [.. EndOfStatement().Split(Sql).Where(part => part.Trim().Length > 0)];

    public static Migration Read(string file, string sql) =>
        new(int.Parse(Path.GetFileName(file)[..4]), Path.GetFileNameWithoutExtension(file), sql);

    [GeneratedRegex(@"^-- compatible with: (\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex CompatibleLine();

    [GeneratedRegex(@"^-- outside a transaction\s*$", RegexOptions.Multiline)]
    private static partial Regex OutsideLine();

    [GeneratedRegex(@";[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex EndOfStatement();
}
