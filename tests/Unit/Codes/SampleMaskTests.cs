using System.Text;
using PaymentEngine.Core.Channels;
using Xunit;

namespace PaymentEngine.Tests.Unit.Codes;

/// <summary>What of an institution's answer may be kept, as a table.</summary>
[Trait("Rule", "C11")]
public sealed class SampleMaskTests
{
    [Theory]
    [InlineData("""{"status":"ERROR","code":"U7001"}""", """{"status":"ERROR","code":"U7001"}""")]
    [InlineData("amount 88.00 at 10:15", "amount 88.00 at 10:15")]
    [InlineData("card 6222020000000001", "card 62************01")]
    [InlineData("card 6222 0200 0000 0001", "card 62** **** **** **01")]
    [InlineData("call 138-0013-8000", "call 13*-****-**00")]
    [InlineData("your code is 123456", "your code is ******")]
    [InlineData("id 11010519491231002X", "id 11*************02X")]
    [InlineData("12345", "12345")]
    [InlineData("mail li.wei@example.com", "mail ***@example.com")]
    [InlineData("""{"password":"a\"b","code":"1"}""", """{"password":***,"code":"1"}""")]
    [InlineData("""{"sign" : "abc","x":1}""", """{"sign" : ***,"x":1}""")]
    [InlineData("""{"cvv2":123}""", """{"cvv2":***}""")]
    [InlineData("""{"token":"never closed""", """{"token":***""")]
    [InlineData("""{"accountName":"Li Wei"}""", """{"accountName":***}""")]
    [InlineData("""{"design":"blue"}""", """{"design":"blue"}""")]
    [InlineData("""{"merchantKey":"blue"}""", """{"merchantKey":***}""")]
    [InlineData("code=U1&api_key=k9&sign=x%2By&msg=no", "code=U1&api_key=***&sign=***&msg=no")]
    [InlineData("<r><Signature a='1'>abc</Signature><code>U1</code></r>", "<r><Signature a='1'>***</Signature><code>U1</code></r>")]
    [InlineData("Authorization: Bearer abc.def", "Authorization: Bearer ***")]
    [InlineData("key AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGhIjKlMnOpQrStUvWxYz", "key AbCd***")]
    public void what_identifies_a_person_or_opens_a_door_is_taken_out_C11(string answer, string kept) =>
        Assert.Equal(kept, SampleMask.Of(answer));

    [Fact]
    public void what_no_database_takes_is_replaced_C11() =>
        Assert.Equal("zero \ufffd and half \ufffd", SampleMask.Of("zero \0 and half \ud83d"));

    [Fact]
    public void a_sample_is_at_most_two_kilobytes_and_ends_with_a_whole_letter_C11()
    {
        var kept = SampleMask.Of(string.Concat(Enumerable.Repeat("错误 🎫 ", 100_000)));

        Assert.InRange(Encoding.UTF8.GetByteCount(kept), SampleMask.MostBytes - 4, SampleMask.MostBytes);
        Assert.DoesNotContain('\ufffd', kept);
    }

    [Fact]
    public void no_long_run_of_digits_is_left_wherever_the_answer_is_cut_C11()
    {
        for (var before = SampleMask.MostBytes - 40; before < SampleMask.MostBytes + 8; before++)
        {
            Assert.DoesNotMatch(@"\d{6}", SampleMask.Of(new string(' ', before) + "6222020000000001"));
        }
    }

    [Theory]
    [InlineData('a')]
    [InlineData('"')]
    [InlineData('<')]
    [InlineData('_')]
    [InlineData('1')]
    public void a_megabyte_of_one_letter_is_no_burden_C11(char letter) =>
        Assert.InRange(SampleMask.Of(new string(letter, 1 << 20)).Length, 1, SampleMask.MostBytes);
}
