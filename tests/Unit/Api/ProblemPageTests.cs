using System.Runtime.CompilerServices;
using System.Text;
using PaymentEngine.Api.Problems;
using Xunit;

namespace PaymentEngine.Tests.Unit.Api;

public sealed class ProblemPageTests
{
    [Fact]
    public void the_page_of_problems_is_the_table_in_the_code()
    {
        var page = Page();
        var file = PageFile();
        if (Environment.GetEnvironmentVariable("UPDATE_PROBLEMS") == "1")
        {
            File.WriteAllText(file, page);
        }

        Assert.True(File.Exists(file) && File.ReadAllText(file) == page, $"{file} is stale; run this test with UPDATE_PROBLEMS=1");
    }

    [Fact]
    public void every_code_of_a_field_has_a_meaning() => Assert.Equal(
        ProblemCodeTests.Constants(typeof(FieldCodes)), FieldCodes.All.Select(field => field.Code));

    private static string Page()
    {
        var text = new StringBuilder("""
            # Problems

            Every refusal is `application/problem+json` (RFC 9457) with `code`, `retryable` and `request_id`; refusals about a trade name it in `trade_no`, and `invalid_request` lists every bad field in `errors`. Programs branch on `code`. Retryable means that the same request with the same key may succeed later. A refusal is not remembered: its idempotency key stays free. Generated from the code by the unit tests, which rewrite it when UPDATE_PROBLEMS=1 is set.

            What the HTTP server refuses before the engine sees it has a status and no body: a request line or headers that are not HTTP or name no host (400), a request target that is too long (414), headers that are too long or too many (431), headers that never end (408), a version of HTTP that it does not speak (505).

            | code | status | retryable | meaning |
            | --- | --- | --- | --- |

            """);
        foreach (var problem in ProblemCodes.All)
        {
            text.AppendLine($"| `{problem.Code}` | {problem.Status} | {(problem.Retryable ? "yes" : "no")} | {problem.Title}. {problem.Meaning} |");
        }

        text.Append("""

            ## Fields

            What `errors[].code` says of a field with `invalid_request`; `message` says the same in words, with the limits of the field.

            | code | meaning |
            | --- | --- |

            """);
        foreach (var (code, meaning) in FieldCodes.All)
        {
            text.AppendLine($"| `{code}` | {meaning} |");
        }

        return text.ToString();
    }

    private static string PageFile([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../../docs/problems.md"));
}
