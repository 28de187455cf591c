using PaymentEngine.Core.Notifications;
using Xunit;

namespace PaymentEngine.Tests.Unit.Notifications;

/// <summary>Which callback addresses are in order, as a table.</summary>
[Trait("Rule", "N2")]
public sealed class NotifyAddressTests
{
    private static readonly NotifyOrigin[] Registered =
    [
        new("https", "shop.example", null, AllowPrivate: false),
        new("https", "*.chain.example", 443, AllowPrivate: false),
        new("http", "plain.example", 8080, AllowPrivate: false),
        new("http", "10.1.2.3", null, AllowPrivate: true),
    ];

    [Theory]
    [InlineData("https://shop.example/told?by=us")]
    [InlineData("https://SHOP.example:8443/told")]
    [InlineData("https://a.chain.example/")]
    [InlineData("https://a.b.chain.example/")]
    [InlineData("http://plain.example:8080/x")]
    [InlineData("http://10.1.2.3:9000/x")]
    public void an_address_of_a_registered_origin_is_in_order(string text) =>
        Assert.Null(NotifyAddress.Check(text, Registered, out _));

    [Theory]
    [InlineData("https://other.example/")]
    [InlineData("http://shop.example/")]
    [InlineData("https://chain.example/")]
    [InlineData("https://evilchain.example/")]
    [InlineData("https://a.chain.example:444/")]
    [InlineData("https://a.chain.example.evil.example/")]
    [InlineData("https://shop.example.evil.example/")]
    [InlineData("https://shop.example./")]
    [InlineData("http://plain.example/")]
    [InlineData("http://10.1.2.4/")]
    public void an_address_of_no_registered_origin_is_refused(string text) =>
        Assert.Equal(NotifyAddressError.NotRegistered, NotifyAddress.Check(text, Registered, out _));

    [Theory]
    [InlineData("")]
    [InlineData("told")]
    [InlineData("/told")]
    [InlineData("//shop.example/told")]
    [InlineData("ftp://shop.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user@shop.example/")]
    [InlineData("https://shop.example@evil.example/")]
    [InlineData("https://shop.example:pass@evil.example/")]
    [InlineData("https://shop.example/#part")]
    [InlineData("https://shop.example/ told")]
    [InlineData("https://shop.example/\n")]
    [InlineData("https://ѕhop.example/")]
    [InlineData("https://shop.example:99999/")]
    public void what_is_no_plain_web_address_is_refused(string text) =>
        Assert.Equal(NotifyAddressError.Malformed, NotifyAddress.Check(text, Registered, out _));

    [Fact]
    public void an_address_of_endless_length_is_refused() => Assert.Equal(
        NotifyAddressError.Malformed,
        NotifyAddress.Check("https://shop.example/" + new string('x', NotifyAddress.MaximumLength), Registered, out _));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("[::1]")]
    [InlineData("[::]")]
    [InlineData("[::ffff:10.0.0.1]")]
    [InlineData("[::10.0.0.1]")]
    [InlineData("[fe80::1]")]
    [InlineData("[fc00::1]")]
    [InlineData("[64:ff9b::a00:1]")]
    [InlineData("[2002:a00:1::]")]
    [InlineData("[2001:db8::1]")]
    [InlineData("[ff02::1]")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("a.localhost")]
    public void an_address_inside_is_refused_unless_its_origin_allows_it(string host)
    {
        var text = $"https://{host}/told";
        var literal = new Uri(text).IdnHost;

        Assert.Equal(NotifyAddressError.Private, NotifyAddress.Check(text, Origins(literal, allowPrivate: false), out _));
        Assert.Null(NotifyAddress.Check(text, Origins(literal, allowPrivate: true), out var target));
        Assert.True(target!.AllowPrivate);
    }

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("[2606:4700::1111]")]
    public void an_address_outside_is_in_order(string host) =>
        Assert.Null(NotifyAddress.Check($"https://{host}/", Origins(new Uri($"https://{host}/").IdnHost, allowPrivate: false), out _));

    private static NotifyOrigin[] Origins(string host, bool allowPrivate) =>
        [new NotifyOrigin("https", host, null, allowPrivate)];
}
