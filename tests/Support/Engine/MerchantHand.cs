using System.Security.Cryptography;
using System.Text;
using PaymentEngine.Core;
using PaymentEngine.Core.Directory;
using PaymentEngine.Core.Orders;
using PaymentEngine.Runtime.Submit;

namespace PaymentEngine.Tests.Support.Engine;

/// <summary>A merchant's requests, as they reach the desk from the HTTP interface. A command's text stands for the body.</summary>
public sealed class MerchantHand(ITradeDesk desk, Merchant merchant)
{
    private static int _requests;

    public Merchant Merchant { get; } = merchant;

    /// <summary>A purchase with a number of its own.</summary>
    public static OpenTrade Purchase(string? payerAccount = Payers.Good, string? orderNo = null, long amountMinor = 8_800) => new(
        orderNo ?? NewName("order"),
        new Money(amountMinor, Currency.Parse("CNY")),
        "member-7",
        Payee: null,
        "Two tickets",
        TimeSpan.FromMinutes(15),
        payerAccount is null ? null : new StartPayment(PaymentMethod.Quick, payerAccount));

    public async Task<DeskResult> OpenAsync(OpenTrade command, string? key = null) =>
        await desk.OpenAsync(Request(key, command.ToString()), command, CancellationToken.None);

    public async Task<DeskResult> PayAsync(OrderId trade, StartPayment command, string? key = null) =>
        await desk.PayAsync(Request(key, $"{trade} {command}"), trade, command, CancellationToken.None);

    public async Task<DeskResult> CloseAsync(OrderId trade, string? key = null) =>
        await desk.CloseAsync(Request(key, $"{trade} close"), trade, CancellationToken.None);

    /// <param name="amountMinor">Null for all that is left.</param>
    public async Task<DeskResult> RefundAsync(OrderId trade, long? amountMinor = null, string? number = null, string? key = null, string? url = null)
    {
        var command = new RefundTrade(
            amountMinor is { } minor ? new Money(minor, Currency.Parse("CNY")) : null, number, Reason: "one ticket too many", url);
        return await desk.RefundAsync(Request(key, $"{trade} {command}"), trade, command, CancellationToken.None);
    }

    /// <summary>Opens a trade and returns it; it must not be refused.</summary>
    public async Task<OrderId> OpenedAsync(OpenTrade command, string? key = null) => TradeOf(await OpenAsync(command, key));

    /// <summary>The trade that an answer is about.</summary>
    public static OrderId TradeOf(DeskResult result) =>
        result is DeskResult.Answered { Answer.Location: var location }
        && OrderNumber.TryParse(location.AsSpan(location.LastIndexOf('/') + 1), out _, out var trade)
            ? trade
            : throw new InvalidOperationException($"refused: {result}");

    public static string NewName(string of) => $"{of}-{Interlocked.Increment(ref _requests)}";

    private MerchantRequest Request(string? key, string body) => new(
        Merchant, key ?? NewName("key"), SHA256.HashData(Encoding.UTF8.GetBytes(body)), NewName("request"));
}
