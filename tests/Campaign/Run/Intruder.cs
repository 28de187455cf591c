using System.Text;
using System.Text.Json.Nodes;
using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core;
using PaymentEngine.Store.Seeds;
using PaymentEngine.Tests.Campaign.Shops;

namespace PaymentEngine.Tests.Campaign.Run;

/// <summary>
/// Calls back what is not true: about numbers that nobody gave out, about orders of another channel, with signatures
/// that are none. Nothing of it may move money.
/// </summary>
internal sealed class Intruder(Site site, Shop shop, Counter counter) : IDisposable
{
    private const int Card = 101;
    private const int Bank = 102;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };
    private readonly List<string> _accepted = [];
    private int _said;

    /// <summary>Forged callbacks that were taken for the bank's: there must be none.</summary>
    public IReadOnlyList<string> Accepted => _accepted;

    public async Task RunAsync(CancellationToken stop)
    {
        for (var count = 1; !stop.IsCancellationRequested; count++)
        {
            await SayAsync(NumberNobodyKnows(count), Card, BankFlaw.None);
            if (await SayAsync(NumberNobodyKnows(count), Card, BankFlaw.BadSignature) is 200)
            {
                _accepted.Add($"callback {count} with a forged signature was accepted");
            }

            if (await NumberOfAnOrderAsync() is { } number)
            {
                await SayAsync(number, Bank, BankFlaw.None);
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>As channel 101 makes them, from the end of the day's numbers.</summary>
    private static string NumberNobodyKnows(int count) => $"101{DateTime.UtcNow.AddHours(8):yyyyMMdd}{9_999_999_000_000 + count:0000000000000}";

    private async Task<string?> NumberOfAnOrderAsync()
    {
        var card = shop.Orders.LastOrDefault(order => order.Errand == Errand.Pay && order.TradeNo is not null);
        return card is not null && await counter.GetAsync(card, 0, "&expand=all") is { Json: var trade }
            ? Judgement.Case.NumbersOf(trade).FirstOrDefault(number => number.StartsWith($"{Card}", StringComparison.Ordinal))
            : null;
    }

    /// <summary>Null when nobody answered.</summary>
    private async Task<int?> SayAsync(string number, int channel, BankFlaw flaw)
    {
        var now = DateTimeOffset.UtcNow;
        var answer = new BankAnswer(BankStatus.Success, Reference: "SIM" + number, Amount: new Money(4_711, Currency.Parse("CNY")), Flaw: flaw);
        var letter = BankLetter.Of(
            new BankCallback(number, channel, IsRefund: false, answer, now), Encoding.UTF8.GetBytes(DemoSeed.InstitutionSecret), now);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(site.Nodes[_said++ % site.Nodes.Count].Address, $"callbacks/{channel}"))
        {
            Content = new ReadOnlyMemoryContent(letter.Body),
        };
        foreach (var (name, value) in letter.Headers)
        {
            request.Headers.Add(name, value);
        }

        try
        {
            using var response = await _http.SendAsync(request);
            return (int)response.StatusCode;
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}
