using System.Reflection;
using PaymentEngine.Api.Problems;
using PaymentEngine.Runtime.Submit;
using Xunit;

namespace PaymentEngine.Tests.Unit.Api;

public sealed class ProblemCodeTests
{
    public static TheoryData<string> Refusals => new(Constants(typeof(RefusalCodes)));

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Every_refusal_of_the_desk_is_in_the_table(string code) => Assert.Equal(code, ProblemCodes.Of(code).Code);

    [Fact]
    public void Every_problem_is_in_the_list_once()
    {
        var fields = typeof(ProblemCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null)).OfType<ProblemCode>();

        Assert.Equal(fields.OrderBy(problem => problem.Code), ProblemCodes.All.OrderBy(problem => problem.Code));
        Assert.Equal(ProblemCodes.All.Count, ProblemCodes.All.Select(problem => problem.Code).Distinct().Count());
    }

    [Fact]
    public void Every_problem_has_a_code_to_branch_on_and_words_for_people() =>
        Assert.All(ProblemCodes.All, problem =>
        {
            Assert.Matches("^[a-z0-9]+(_[a-z0-9]+)*$", problem.Code);
            Assert.InRange(problem.Status, 400, 599);
            Assert.NotEmpty(problem.Title);
            Assert.EndsWith(problem.Code == "malformed_request_id" ? "-" : ".", problem.Meaning, StringComparison.Ordinal);
        });

    internal static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
}
