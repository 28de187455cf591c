using System.Text.Json;
using PaymentEngine.ScribanCli;
using Xunit;

namespace PaymentEngine.Tests.Scripting;

/// <summary>The door for corpora from outside, line by line.</summary>
public sealed class ScribanCliTests
{
    public static TheoryData<string, string> Lines => new()
    {
        { """{"id":1,"src":"Hello {{ name }}","model":{"name":"you"}}""", """{"id":1,"ok":true,"out":"Hello you"}""" },
        { """{"id":"a","src":"1 + 2","mode":"script","eval":true}""", """{"id":"a","ok":true,"out":"3","type":"int"}""" },
        { """{"id":2,"src":"x","mode":"script","eval":true}""", """{"id":2,"ok":true,"out":"","type":"null"}""" },
        { """{"id":3,"src":"a + 1","mode":"script","eval":true,"model":{"a":{"$decimal":"1.10"}}}""", """{"id":3,"ok":true,"out":"2.10","type":"decimal"}""" },
        { """{"id":4,"src":"[a, b, c]","mode":"script","eval":true,"other":1,"model":{"a":1.5,"b":12345678901234567890,"c":null}}""", """{"id":4,"ok":true,"out":"[1.5, 12345678901234567890, null]","type":"array"}""" },
        { """{"id":5,"src":"{{ 1 +","mode":"template"}""", """{"id":5,"ok":false,"stage":"parse","errors":[{"line":1,"col":1,"msg":"The code block is not closed: expecting }}"},{"line":1,"col":7,"msg":"Unexpected end of script: expecting an expression"}],"text":"<input>(1,1) : error : The code block is not closed: expecting }}\n<input>(1,7) : error : Unexpected end of script: expecting an expression"}""" },
        { """{"id":6,"src":"{{ a.b }}","name":"page"}""", """{"id":6,"ok":false,"stage":"run","errors":[{"line":1,"col":6,"msg":"Cannot get the member a.b for a null object."}],"text":"page(1,6) : error : Cannot get the member a.b for a null object."}""" },
        { """{"id":7,"src":"{{ a }}","strict":false}""", """{"id":7,"ok":true,"out":""}""" },
        { """{"id":8,"src":"{{ a }}","strict":true}""", """{"id":8,"ok":false,"stage":"run","errors":[{"line":1,"col":4,"msg":"The variable or function `a` was not found"}],"text":"<input>(1,4) : error : The variable or function `a` was not found"}""" },
        { """{"id":"8b","src":"{{ $a }}","strict":true}""", """{"id":"8b","ok":false,"stage":"run","errors":[{"line":1,"col":4,"msg":"The variable or function `$a` was not found"}],"text":"<input>(1,4) : error : The variable or function `$a` was not found"}""" },
        { """{"id":9,"src":"{{ o.missing }}","strict":true,"model":{"o":{}}}""", """{"id":9,"ok":true,"out":""}""" },
        { """{"id":11,"src":"\ud800"}""", """{"id":11,"ok":false,"stage":"parse","errors":[{"line":1,"col":1,"msg":"`src` is not a text: it has halves of characters"}],"text":"<input>(1,1) : error : `src` is not a text: it has halves of characters"}""" },
        { """{"id":10,"src":"{{ (date.now.year) > 2000 }}"}""", """{"id":10,"ok":true,"out":"true"}""" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void a_line_is_answered_with_a_line(string question, string answer) =>
        Assert.Equal(Normal(answer), Normal(Answering.Answer(question)));

    [Fact]
    public void what_is_no_JSON_is_answered_too()
    {
        using var answer = JsonDocument.Parse(Answering.Answer("no json"));
        Assert.False(answer.RootElement.GetProperty("ok").GetBoolean());
        Assert.Equal(JsonValueKind.Null, answer.RootElement.GetProperty("id").ValueKind);
    }

    [Fact]
    public void an_attack_is_answered_and_the_next_line_too()
    {
        var attack = JsonSerializer.Serialize(new { id = 1, src = new string('(', 50_000), mode = "script" });
        Assert.Contains("\"ok\":false", Answering.Answer(attack), StringComparison.Ordinal);
        Assert.Contains("\"ok\":true", Answering.Answer("""{"id":2,"src":"a"}"""), StringComparison.Ordinal);
    }

    private static string Normal(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement);
    }
}
