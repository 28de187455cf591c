using PaymentEngine.Core.Notifications;
using Xunit;

namespace PaymentEngine.Tests.Unit.Notifications;

/// <summary>Signatures as the Standard Webhooks specification has them.</summary>
[Trait("Rule", "N1")]
public sealed class WebhookSecretTests
{
    private const string Text = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public void the_reference_vector_is_signed_as_published() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSecret.Parse(Text).Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8));

    [Fact]
    public void a_secret_is_shown_only_when_asked_for()
    {
        var secret = WebhookSecret.Parse(Text);

        Assert.Equal(Text, secret.Reveal());
        Assert.DoesNotContain("MfKQ", $"{secret}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_not base64!")]
    public void what_is_no_secret_is_refused(string text) => Assert.ThrowsAny<FormatException>(() => WebhookSecret.Parse(text));
}
