using System.Text;
using PaymentEngine.Core.Channels;
using Xunit;

namespace PaymentEngine.Tests.Unit.Channels;

/// <summary>Callbacks: believed when they are the institution's, whole and fresh, and in no other case.</summary>
public abstract partial class ChannelConformance
{
    [Fact]
    [Trait("Rule", "C15")]
    public async Task C15_a_callback_tells_what_the_call_told_and_is_answered_in_the_institutions_words()
    {
        var order = NewOrder(BankBehaviour.Succeeds);
        var paid = Assert.IsType<ChannelOutcome.Succeeded>(await Pay(order));

        var told = Assert.IsType<CallbackReading.Told>(Channel.ReadCallback(await CallbackOf(order.Number)));

        Assert.Equal(order.Number, told.Number);
        Assert.Equal(paid, told.Outcome);
        Assert.Equal((200, "success"), (told.Answer.Status, Encoding.UTF8.GetString(told.Answer.Body.Span)));
    }

    [Fact]
    [Trait("Rule", "C15")]
    public async Task C15_a_refund_has_a_callback_of_its_own()
    {
        var refund = NewRefund(await Paid(), 3_300);
        await Refund(refund);

        var told = Assert.IsType<CallbackReading.Told>(Channel.ReadCallback(await CallbackOf(refund.Number)));

        Assert.Equal((refund.Number, refund.Amount), (told.Number, Assert.IsType<ChannelOutcome.Succeeded>(told.Outcome).Amount));
    }

    [Fact]
    [Trait("Rule", "C15")]
    public async Task C15_a_callback_with_any_byte_changed_is_refused()
    {
        var callback = await CallbackOf((await Paid()).Number);
        for (var place = 0; place < callback.Body.Length; place++)
        {
            var body = callback.Body.ToArray();
            body[place] ^= 1;
            AssertRefused(callback with { Body = body });
        }

        AssertRefused(callback with { Body = callback.Body[..^1] });
        AssertRefused(callback with { Body = default });
    }

    [Fact]
    [Trait("Rule", "C15")]
    public async Task C15_a_callback_that_misses_a_part_of_its_signature_or_has_another_is_refused()
    {
        var callback = await CallbackOf((await Paid()).Number);
        Assert.IsType<CallbackReading.Told>(Channel.ReadCallback(callback));
        foreach (var name in callback.Headers.Keys.Where(name => name.StartsWith("bank-", StringComparison.Ordinal)))
        {
            var headers = new Dictionary<string, string>(callback.Headers);
            headers[name] = headers[name][..^1] + (headers[name][^1] == '0' ? '1' : '0');
            AssertRefused(callback with { Headers = headers });
            headers[name] = string.Empty;
            AssertRefused(callback with { Headers = headers });
            headers.Remove(name);
            AssertRefused(callback with { Headers = headers });
        }
    }

    [Fact]
    [Trait("Rule", "C15")]
    public async Task C15_a_callback_that_comes_again_much_later_or_to_another_channel_is_refused()
    {
        var callback = await CallbackOf((await Paid()).Number);

        AssertRefused(callback with { ReceivedAt = callback.ReceivedAt.AddMinutes(6) });
        AssertRefused(callback with { ReceivedAt = callback.ReceivedAt.AddMinutes(-6) });
        AssertRefused(callback with { ChannelId = callback.ChannelId + 1 });
    }

    private void AssertRefused(CallbackRequest callback)
    {
        var refused = Assert.IsType<CallbackReading.Refused>(Channel.ReadCallback(callback));
        Assert.InRange(refused.Answer.Status, 400, 499);
    }
}
