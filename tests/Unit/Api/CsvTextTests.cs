using System.Text;
using PaymentEngine.Api.Operations.Ledger;
using Xunit;

namespace PaymentEngine.Tests.Unit.Api;

/// <summary>Statements are opened by spreadsheets: nothing in them may be anything but a text or a number.</summary>
public sealed class CsvTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"no\"", "\"say \"\"no\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@sum", "'@sum")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("=a,b", "\"'=a,b\"")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void what_somebody_wrote_is_quoted_and_is_no_formula(string? field, string text) => Assert.Equal(text + "\r\n", Line(csv => csv.Text(field)));

    [Fact]
    public void an_amount_below_zero_is_a_number() => Assert.Equal("-1.00,,x\r\n", Line(csv => csv.Plain("-1.00").Plain(null).Text("x")));

    private static string Line(Func<CsvText, CsvText> write) => Encoding.UTF8.GetString(write(new CsvText()).EndLine().Take());
}
