using PaymentEngine.Core;
using PaymentEngine.Routing.Facts;
using PaymentEngine.Routing.Filters;
using PaymentEngine.Routing.Setup;
using Xunit;
using static PaymentEngine.Routing.Setup.FeatureOperator;

namespace PaymentEngine.Tests.Unit.Routing;

[Trait("Rule", "C2")]
public sealed class FeatureTests
{
    [Theory]
    [InlineData("partner_id", FeatureOperator.Equals, "M1", true)]
    [InlineData("partner_id", FeatureOperator.Equals, "m1", false)]
    [InlineData("partner_id", NotEquals, "M2", true)]
    [InlineData("partner_id", In, "M0|M1|M2", true)]
    [InlineData("partner_id", NotIn, "M0|M2", true)]
    [InlineData("partner_id", NotIn, "M1", false)]
    [InlineData("order_no", Contains, "-", true)]
    [InlineData("order_no", NotContains, "A", false)]
    [InlineData("terminal", FeatureOperator.Equals, "app", false)]
    [InlineData("terminal", NotEquals, "app", true)]
    [InlineData("terminal", NotIn, "app|web", true)]
    [InlineData("terminal", Contains, "a", false)]
    [InlineData("terminal", NotContains, "a", true)]
    [InlineData("amount", FeatureOperator.Equals, "88", true)]
    [InlineData("amount", FeatureOperator.Equals, "88.00", true)]
    [InlineData("amount", NotEquals, "88.01", true)]
    [InlineData("amount", Greater, "88", false)]
    [InlineData("amount", Greater, "87.99", true)]
    [InlineData("amount", Less, "88", false)]
    [InlineData("amount", Less, "88.01", true)]
    [InlineData("amount", Between, "88|100", true)]
    [InlineData("amount", Between, "80|88", true)]
    [InlineData("amount", Between, "88.01|100", false)]
    [InlineData("amount", In, "1|88", true)]
    [InlineData("time", Between, "2350|50", false)]
    [InlineData("time", Between, "2350|1200", true)]
    [InlineData("time", FeatureOperator.Equals, "1200", true)]
    [InlineData("weekday", Between, "6|1", false)]
    [InlineData("weekday", Between, "5|1", true)]
    [InlineData("day", FeatureOperator.Equals, "20261120", true)]
    [InlineData("weekday", In, "1|5", true)]
    [InlineData("currency", FeatureOperator.Equals, "CNY", true)]
    [InlineData("target_inst", FeatureOperator.Equals, "CMB", true)]
    [InlineData("debit_credit", FeatureOperator.Equals, "credit", false)]
    public void A_feature_holds_or_not(string element, FeatureOperator which, string values, bool holds)
    {
        var rule = FeatureRule.TryCompile(new Feature { Element = element, Operator = which, Values = values.Split('|') }, out var error);

        Assert.Null(error);
        Assert.Equal(holds, rule!.Holds(Scene.Facts()));
    }

    [Theory]
    [InlineData("partner", FeatureOperator.Equals, "M1", "'partner' is no element")]
    [InlineData("partner_id", Greater, "M1", "'partner_id' is a text")]
    [InlineData("amount", Contains, "8", "'amount' is a number")]
    [InlineData("amount", Between, "8", "two values")]
    [InlineData("amount", Between, "500|100", "500 is above 100")]
    [InlineData("day", Between, "20261231|20260101", "20261231 is above 20260101")]
    [InlineData("amount", Less, "8|9", "one value")]
    [InlineData("amount", Less, "1e3", "'1e3' is not a number")]
    [InlineData("partner_id", In, "", null)]
    public void A_feature_that_says_nothing_is_refused(string element, FeatureOperator which, string values, string? why)
    {
        FeatureRule.TryCompile(new Feature { Element = element, Operator = which, Values = values.Split('|') }, out var error);

        Assert.True(why is null ? error is null : error!.StartsWith(why, StringComparison.Ordinal), error);
    }

    [Theory]
    [InlineData("JPY", 88_00, "8800")]
    [InlineData("KWD", 88_00, "8.8")]
    [InlineData("CNY", 1, "0.01")]
    public void Amounts_are_in_major_units_of_their_currency(string currency, long minor, string major)
    {
        var facts = Scene.Facts() with { Amount = new Money(minor, Currency.Parse(currency)) };
        var rule = FeatureRule.TryCompile(new Feature { Element = "amount", Operator = FeatureOperator.Equals, Values = [major] }, out _);

        Assert.True(rule!.Holds(facts));
    }

    [Fact]
    public void Scripts_know_every_element_by_the_name_that_features_use() =>
        Assert.All(Elements.All, element => Assert.NotNull(PaymentEngine.Routing.Scoring.ScoreModel.Schema.Find(element.Name)));
}
