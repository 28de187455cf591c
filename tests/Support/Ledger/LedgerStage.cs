using System.Globalization;
using System.Text.Json.Nodes;
using PaymentEngine.Tests.Support.Merchants;

namespace PaymentEngine.Tests.Support.Ledger;

/// <summary>The accounts on which bookkeepers meet.</summary>
/// <param name="Funds">Our own means, which may go as far below zero as it takes.</param>
/// <param name="Sink">Buffers what comes, and gives nothing away.</param>
/// <param name="Common">A member's, of which nobody knows what the others have left on it.</param>
public sealed record LedgerStage(string Funds, string Sink, string Common)
{
    private const string Owner = "7001";

    public static async Task<LedgerStage> OpenAsync(LedgerClerks clerks, string name)
    {
        var stage = new LedgerStage($"{name}-funds", $"{name}-sink", $"{name}-common");
        await OpenAsync(clerks, stage.Funds, $$""" "kind":"own_funds","owner":"{{Owner}}" """);
        await OpenAsync(clerks, stage.Sink, $$""" "kind":"differences","owner":"{{Owner}}","mode":"buffered" """);
        await OpenMemberAsync(clerks, stage.Common);
        return stage;
    }

    /// <summary>With a customer of its own.</summary>
    public static async Task OpenMemberAsync(LedgerClerks clerks, string number)
    {
        Demand(await clerks.AskAsync("customers", $"customer-{number}", $$"""{"number":"of-{{number}}","name":"Somebody","face_to_face":true}"""), 201);
        await OpenAsync(clerks, number, $$""" "kind":"member","owner":"of-{{number}}","buffer_agreed":true """);
    }

    /// <summary>What is on them and is not what the bookkeepers were told.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(LedgerClerks clerks, IReadOnlyList<Bookkeeper> bookkeepers)
    {
        var faults = new List<string>();
        foreach (var number in new[] { Funds, Sink, Common })
        {
            var held = Minor((await clerks.ReadAsync($"accounts/{number}")).Json["balance"]!);
            var told = bookkeepers.Sum(bookkeeper => bookkeeper.Elsewhere.GetValueOrDefault(number));
            if (held != told)
            {
                faults.Add($"account {number} has {held}, and by what its bookkeepers were told it has {told}");
            }
        }

        return faults;
    }

    internal static string Amount(long minor) =>
        $$"""{"value":"{{(minor / 100m).ToString("0.00", CultureInfo.InvariantCulture)}}","currency":"CNY"}""";

    /// <summary>An amount as a text, or as an object that has it.</summary>
    internal static long Minor(JsonNode amount) =>
        (long)(decimal.Parse((string)(amount is JsonObject ? amount["value"]! : amount)!, CultureInfo.InvariantCulture) * 100);

    internal static MerchantAnswer Demand(MerchantAnswer answer, int status) =>
        answer.Status == status ? answer : throw new InvalidOperationException($"{status} was expected, and the answer was {answer}");

    private static async Task OpenAsync(LedgerClerks clerks, string number, string rest) =>
        Demand(await clerks.AskAsync("accounts", $"open-{number}", $$"""{"number":"{{number}}","currency":"CNY",{{rest}}}"""), 201);
}
