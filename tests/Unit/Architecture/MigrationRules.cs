using System.Text.RegularExpressions;
using Xunit;

namespace PaymentEngine.Tests.Unit.Architecture;

/// <summary>
/// docs/decisions/0012: what a migration may say while nodes of this version and of the one before are at work. Held
/// against the text of every migration after the last one that was made for the first release.
/// </summary>
[Trait("Rule", "M1")]
public sealed partial class MigrationRules
{
    private const int LastBeforeTheRules = 12;

    private static readonly (string What, Regex Pattern)[] Forbidden =
    [
        ("a change of type rewrites the table: add a column, write both, drop the old one", ChangeOfType()),
        ("a default that is computed, and a generated column, rewrite the table", ComputedDefault()),
        ("set not null reads the whole table under a lock: add a check that is not valid, and validate it in a later file", SetNotNull()),
        ("a constraint is added not valid, and validated in a file of its own", ValidConstraint()),
        ("it rewrites the table, or empties it", Rewrite()),
        ("all rows at once: do it in portions, in the engine", EveryRow()),
        ("a rename is a drop for whoever knows the old name: add, write both, drop", Rename()),
    ];

    public static TheoryData<string> Files => [.. Directory
        .EnumerateFiles(Path.Combine(Root, "engine", "Store", "Migrations"), "*.sql")
        .Select(file => Path.GetFileName(file)!)
        .Order()];

    private static string Root { get; } = FindRoot();

    [Theory]
    [MemberData(nameof(Files))]
    public void a_migration_keeps_the_rules_M1(string file)
    {
        var number = int.Parse(file[..4]);
        if (number > LastBeforeTheRules)
        {
            Assert.Empty(Faults(number, File.ReadAllText(Path.Combine(Root, "engine", "Store", "Migrations", file))));
        }
    }

    [Theory]
    [InlineData("alter table timer add column shop text;")]
    [InlineData("alter table timer add column shop text not null default 'none';")]
    [InlineData("create table shop (id bigint primary key, at timestamptz not null default now());\ncreate index shop_at on shop (at);")]
    [InlineData("alter table timer add constraint due check (due_at > '2020-01-01') not valid;")]
    [InlineData("create table shop (id bigint primary key);\ncreate trigger whole before truncate on shop for each statement execute function history_is_final();")]
    [InlineData("-- outside a transaction\ndrop index concurrently if exists timer_trade;\ncreate index concurrently timer_trade on timer (trade_id);")]
    public void what_expands_passes(string sql) => Assert.Empty(Faults(12, "-- compatible with: 11\n" + sql));

    [Theory]
    [InlineData("alter table timer alter column kind type varchar(20);")]
    [InlineData("alter table timer add column made timestamptz default clock_timestamp();")]
    [InlineData("alter table timer add column twice bigint generated always as (token * 2) stored;")]
    [InlineData("alter table timer add column shop text not null;")]
    [InlineData("alter table timer alter column shop set not null;")]
    [InlineData("alter table timer add constraint due check (due_at > '2020-01-01');")]
    [InlineData("alter table timer add constraint shop foreign key (shop) references shop (number);")]
    [InlineData("alter table timer add unique (token);")]
    [InlineData("create index timer_trade on timer (trade_id);")]
    [InlineData("create unique index timer_trade on timer (trade_id);")]
    [InlineData("create index concurrently timer_trade on timer (trade_id);")]
    [InlineData("-- outside a transaction\ncreate index concurrently timer_trade on timer (trade_id);")]
    [InlineData("update timer set token = 0;")]
    [InlineData("delete from timer;")]
    [InlineData("truncate timer;")]
    [InlineData("vacuum full timer;")]
    [InlineData("lock table timer;")]
    [InlineData("alter table timer rename column token to mark;")]
    [InlineData("alter table timer drop column token;")]
    [InlineData("drop function open_account(text, text, integer, text, text, bigint, integer);")]
    public void what_stops_traffic_or_an_older_node_is_found(string sql) =>
        Assert.NotEmpty(Faults(12, "-- compatible with: 11\n" + sql));

    [Fact]
    public void dropping_is_a_file_of_its_own_that_says_so()
    {
        Assert.Empty(Faults(13, "-- compatible with: 12\n-- contract\nalter table timer drop column token;"));
        Assert.NotEmpty(Faults(13, "-- compatible with: 12\n-- contract\nalter table timer drop column token;\ncreate table shop (id bigint primary key);"));
    }

    [Fact]
    public void a_migration_says_with_which_version_it_works()
    {
        Assert.NotEmpty(Faults(13, "create table shop (id bigint primary key);"));
        Assert.NotEmpty(Faults(13, "-- compatible with: 14\ncreate table shop (id bigint primary key);"));
        Assert.NotEmpty(Faults(13, "-- compatible with: 13\ncreate table shop (id bigint primary key);"));
    }

    private static List<string> Faults(int number, string text)
    {
        var sql = Comment().Replace(text, string.Empty);
        var faults = Forbidden.Where(rule => rule.Pattern.IsMatch(sql)).Select(rule => rule.What).ToList();
        var contract = ContractLine().IsMatch(text);
        var outside = OutsideLine().IsMatch(text);
        if (CompatibleLine().Match(text) is not { Success: true } line || int.Parse(line.Groups[1].ValueSpan) >= number)
        {
            faults.Add("the first lines say '-- compatible with: N', N being the newest migration of the oldest version that works with this one");
        }

        if (Drop().IsMatch(sql) != contract || (contract && Create().IsMatch(sql)))
        {
            faults.Add("what takes something away says '-- contract' and does nothing else");
        }

        var made = CreateTable().Matches(sql).Select(table => table.Groups[1].Value).ToHashSet();
        foreach (Match index in CreateIndex().Matches(sql))
        {
            var concurrently = index.Groups["concurrently"].Success;
            var again = sql.Contains($"drop index concurrently if exists {index.Groups["name"].Value};", StringComparison.Ordinal);
            if (concurrently ? !outside || !again : !made.Contains(index.Groups["table"].Value))
            {
                faults.Add("an index of a table in use: '-- outside a transaction', drop index concurrently if exists, create index concurrently");
            }
        }

        return faults;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "PaymentEngine.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"^-- compatible with: (\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex CompatibleLine();

    [GeneratedRegex(@"^-- outside a transaction\s*$", RegexOptions.Multiline)]
    private static partial Regex OutsideLine();

    [GeneratedRegex(@"^-- contract\s*$", RegexOptions.Multiline)]
    private static partial Regex ContractLine();

    [GeneratedRegex(@"--.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"alter\s+column\s+\S+\s+(set\s+data\s+)?type\b", RegexOptions.IgnoreCase)]
    private static partial Regex ChangeOfType();

    [GeneratedRegex(@"add\s+column\s[^;,]*?(default\s+(?!')[^;,]*\(|generated\s+always\s+as\s*\(|\bserial\b|\bidentity\b|not\s+null(?![^;]*default)(?<!default[^;]*))", RegexOptions.IgnoreCase)]
    private static partial Regex ComputedDefault();

    [GeneratedRegex(@"set\s+not\s+null", RegexOptions.IgnoreCase)]
    private static partial Regex SetNotNull();

    [GeneratedRegex(@"\badd\s+(constraint\s+\S+\s+)?(check|foreign\s+key|unique|primary\s+key|exclude)\b(?![^;]*(not\s+valid|using\s+index))", RegexOptions.IgnoreCase)]
    private static partial Regex ValidConstraint();

    [GeneratedRegex(@"\b(vacuum\s+full|cluster\s|(?<!before\s)truncate|lock\s+table|set\s+tablespace|set\s+(un)?logged)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Rewrite();

    [GeneratedRegex(@"^\s*(update|delete\s+from)\b(?![^;]*\bwhere\b)", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex EveryRow();

    [GeneratedRegex(@"\brename\b", RegexOptions.IgnoreCase)]
    private static partial Regex Rename();

    [GeneratedRegex(@"\bdrop\s+(?!index\s+concurrently)", RegexOptions.IgnoreCase)]
    private static partial Regex Drop();

    [GeneratedRegex(@"\b(create|add)\s", RegexOptions.IgnoreCase)]
    private static partial Regex Create();

    [GeneratedRegex(@"create\s+table\s+(\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex CreateTable();

    [GeneratedRegex(@"create\s+(unique\s+)?index\s+(?<concurrently>concurrently\s+)?(?<name>\w+)\s+on\s+(only\s+)?(?<table>\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex CreateIndex();
}
