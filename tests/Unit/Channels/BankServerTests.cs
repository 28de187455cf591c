using System.Net;
using System.Text;
using PaymentEngine.Channels.Simulator;
using PaymentEngine.Core;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Orders;
using Xunit;

namespace PaymentEngine.Tests.Unit.Channels;

/// <summary>What only a wire can show: signatures, broken forms, connections that are not there.</summary>
public sealed class BankServerTests : IAsyncLifetime, IDisposable
{
    private readonly SimulatorHouse _house = new(profile: "hell");
    private readonly HttpClient _http = new();

    public Task InitializeAsync() => _house.MoveBehindAPortAsync(maximumParallel: 4);

    public Task DisposeAsync() => _house.StopServingAsync();

    public void Dispose()
    {
        _http.Dispose();
        _house.Dispose();
    }

    [Theory]
    [InlineData(Misbehaviour.HtmlPage, "HTTP status 502")]
    [InlineData(Misbehaviour.WrongCharset, "not JSON")]
    [InlineData(Misbehaviour.ClockOff, "signed at another time")]
    [InlineData(Misbehaviour.AmountChanged, "told 88.01")]
    [InlineData(Misbehaviour.UndocumentedCode, "not mapped")]
    [Trait("Rule", "C11")]
    public async Task C11_an_answer_in_a_broken_form_decides_nothing(Misbehaviour what, string reason)
    {
        var order = Order(VirtualBank.NumberWith(what, _house.Options));

        var unknown = Assert.IsType<ChannelOutcome.Unknown>(await _house.Channel.PayAsync(order, default));

        Assert.Contains(reason, unknown.Reason, StringComparison.Ordinal);
        Assert.True(_house.Journal.ExecutedOnce(order.Number));
        Assert.Contains(what, _house.Journal.Sufferings(order.Number));
    }

    [Theory]
    [InlineData(Misbehaviour.CallbackBadSignature)]
    [InlineData(Misbehaviour.CallbackProbe)]
    [InlineData(Misbehaviour.ClockOff)]
    [Trait("Rule", "C15")]
    public async Task C15_a_callback_in_a_broken_form_is_refused(Misbehaviour what)
    {
        var order = Order(VirtualBank.NumberWith(what, _house.Options));
        _house.Callbacks.Refusals = 1;
        await _house.Channel.PayAsync(order, default);

        // On a wire the good one may overtake the broken one, and its repeat too.
        var both = _house.UntilCalledBack(readings => readings.OfType<CallbackReading.Refused>().Any() && readings.OfType<CallbackReading.Told>().Any());
        await _house.Clock.RunUntilDone(both, TimeSpan.FromMinutes(1));

        Assert.Single((await both).OfType<CallbackReading.Refused>());
    }

    [Fact]
    [Trait("Rule", "C15")]
    public async Task C15_a_callback_is_sent_again_until_it_is_answered_with_success()
    {
        _house.Callbacks.Refusals = 2;
        var order = Order(VirtualBank.GoodNumber(_house.Options));
        await _house.Channel.PayAsync(order, default);

        await _house.Clock.RunUntilDone(_house.Callbacks.Taken, TimeSpan.FromMinutes(5));

        await _house.UntilJournal(journal => journal.Count(JournalEvent.CallbackAcknowledged) == 1);
        Assert.Equal(3, _house.Callbacks.All.Count);
        Assert.Single(_house.Callbacks.All.Select(callback => Encoding.UTF8.GetString(callback.Body.Span)).Distinct());
    }

    [Fact]
    [Trait("Rule", "C13")]
    public async Task C13_a_connection_that_is_not_there_is_not_sent_for_an_order_and_unknown_for_a_question()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _house.Connections.Endpoint = new Uri($"http://{listener.LocalEndpoint}");
        listener.Stop();

        Assert.IsType<ChannelOutcome.NotSent>(await _house.Channel.PayAsync(Order("1"), default));
        Assert.IsType<ChannelOutcome.Unknown>(await _house.Channel.QueryAsync(Order("1"), default));
    }

    [Fact]
    [Trait("Rule", "C13")]
    public async Task C13_a_connection_that_breaks_after_sending_is_unknown()
    {
        // The door of this payer account: the connection is closed without an answer.
        var order = Order("1") with { PayerAccount = "sim-notsent-once" };

        Assert.IsType<ChannelOutcome.Unknown>(await _house.Channel.PayAsync(order, default));
        Assert.IsType<ChannelOutcome.NotKnown>(await _house.Channel.QueryAsync(order, default));
        Assert.IsType<ChannelOutcome.Succeeded>(await _house.Channel.PayAsync(order, default));
    }

    [Theory]
    [InlineData(0, null, HttpStatusCode.OK)]
    [InlineData(300, null, HttpStatusCode.OK)]
    [InlineData(-300, null, HttpStatusCode.OK)]
    [InlineData(301, null, HttpStatusCode.Unauthorized)]
    [InlineData(-301, null, HttpStatusCode.Unauthorized)]
    [InlineData(0, "somebody else's secret", HttpStatusCode.Unauthorized)]
    public async Task A_call_with_a_wrong_signature_or_time_is_turned_away(int secondsOff, string? otherSecret, HttpStatusCode expected)
    {
        var secret = otherSecret is null ? SimulatorHouse.Secret : Encoding.UTF8.GetBytes(otherSecret);

        Assert.Equal(expected, await Post("/query", """{"number":"1","channel":7}""", secret, secondsOff));
        Assert.Equal(expected == HttpStatusCode.OK, _house.Journal.Of("1").Any());
    }

    [Theory]
    [InlineData("/pay", """{"number":"1","channel":7,"amount":1,"currency":"CNY"}""")]
    [InlineData("/pay", """{"number":"1","channel":7,"amount":0,"currency":"CNY","payer":"p"}""")]
    [InlineData("/pay", """{"number":"1","channel":7,"amount":1,"currency":"XXX","payer":"p"}""")]
    [InlineData("/refund", """{"number":"1","channel":7,"amount":1,"currency":"CNY"}""")]
    [InlineData("/query", """{"number":"1"}""")]
    [InlineData("/query", "[")]
    [InlineData("/close", """{"number":"1","channel":7}""")]
    public async Task A_call_that_is_not_understood_is_turned_away(string path, string body)
    {
        Assert.Equal(HttpStatusCode.BadRequest, await Post(path, body, SimulatorHouse.Secret));
        Assert.Empty(_house.Journal.Entries);
    }

    [Fact]
    public async Task Calls_above_the_limit_are_dropped()
    {
        using var slow = new SimulatorHouse(1_000, 1_000);
        await slow.MoveBehindAPortAsync(maximumParallel: 4);
        var calls = Enumerable.Range(0, 16).Select(number => slow.Channel.PayAsync(Order($"{number}"), default).AsTask()).ToList();

        // The bank's clock stands still, so the four that it took are not answered yet.
        for (var dropped = 0; dropped < 12; dropped++)
        {
            var next = await Task.WhenAny(calls).WaitAsync(TimeSpan.FromSeconds(30));
            calls.Remove(next);
            Assert.Contains("503", Assert.IsType<ChannelOutcome.Unknown>(await next).Reason, StringComparison.Ordinal);
        }

        await slow.Clock.RunUntilDone(Task.WhenAll(calls), TimeSpan.FromSeconds(2));
        Assert.Equal((4, 12), (slow.Journal.ExecutedNumbers, slow.Journal.Count(JournalEvent.Dropped)));
        await slow.StopServingAsync();
    }

    [Fact]
    [Trait("Rule", "C15")]
    public async Task C15_after_a_rotation_of_its_key_the_bank_is_understood_when_we_have_the_new_one()
    {
        var before = Order(VirtualBank.GoodNumber(_house.Options));
        await _house.RotateKeyAsync("the next secret"u8.ToArray());

        // It takes what we sign with the former key; what it says is signed with the next.
        Assert.Contains("badly signed", Assert.IsType<ChannelOutcome.Unknown>(await _house.Channel.PayAsync(before, default)).Reason, StringComparison.Ordinal);
        Assert.True(_house.Journal.ExecutedOnce(before.Number));

        _house.Connections.Secret = "the next secret"u8.ToArray();
        Assert.IsType<ChannelOutcome.Succeeded>(await _house.Channel.QueryAsync(before, default));
        Assert.Equal(1, _house.Journal.Count(JournalEvent.KeyRotated));
    }

    [Fact]
    public async Task Calls_that_are_never_answered_take_no_places()
    {
        using var impatience = new CancellationTokenSource();
        var silent = new List<Task>();
        for (var number = 0; number < 8; number++)
        {
            // One after the other, so that each finds a place.
            silent.Add(_house.Channel.PayAsync(Order($"silent {number}") with { PayerAccount = "sim-timeout-executed" }, impatience.Token).AsTask());
            await _house.UntilJournal(journal => journal.ExecutedNumbers == silent.Count);
        }

        var good = Order(VirtualBank.GoodNumber(_house.Options));
        Assert.IsType<ChannelOutcome.Succeeded>(await _house.Channel.PayAsync(good, default));
        await impatience.CancelAsync();
        await Task.WhenAll(silent);
    }

    private static ChannelOrder Order(string number) => new(
        7, ChannelInterface.Pay, number, new Money(8_800, Currency.Parse("CNY")), PaymentMethod.Quick, "payer", null, default);

    private async Task<HttpStatusCode> Post(string path, string body, byte[] secret, int secondsOff = 0)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var timestamp = $"{_house.Clock.GetUtcNow().ToUnixTimeSeconds() + secondsOff}";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_house.Connections.Endpoint!, path)) { Content = new ByteArrayContent(bytes) };
        request.Headers.Add("bank-timestamp", timestamp);
        request.Headers.Add("bank-nonce", "n");
        request.Headers.Add("bank-signature", SimulatorSignature.Of(secret, "POST", path, timestamp, "n", bytes));
        using var response = await _http.SendAsync(request);
        return response.StatusCode;
    }
}
