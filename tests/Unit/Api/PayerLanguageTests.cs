using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Http;
using Xunit;

namespace PaymentEngine.Tests.Unit.Api;

[Trait("Rule", "C11")]
public sealed class PayerLanguageTests
{
    [Theory]
    [InlineData(null, "en")]
    [InlineData("zh", "zh")]
    [InlineData("ZH-Hant-HK", "zh")]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "zh")]
    [InlineData("en;q=0.9,zh;q=0.8", "en")]
    [InlineData("fr, zh;q=0.5", "zh")]
    [InlineData("fr", "en")]
    [InlineData("*", "en")]
    [InlineData("zhx", "en")]
    [InlineData("zh;q=0", "en")]
    [InlineData(";;;,,", "en")]
    public void Accept_Language_chooses_between_the_languages_that_we_speak(string? header, string language)
    {
        var request = new DefaultHttpContext().Request;
        if (header is not null)
        {
            request.Headers.AcceptLanguage = header;
        }

        Assert.Equal(language, PayerLanguage.Of(request));
    }
}
