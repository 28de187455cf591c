using PaymentEngine.Core;
using PaymentEngine.Core.Proposals;
using PaymentEngine.Runtime.Proposals;
using Xunit;

namespace PaymentEngine.Tests.Unit.Ledger;

/// <summary>Whose word about what somebody asked for counts, and for what.</summary>
[Trait("Rule", "P2")]
public sealed class SecondPersonTests
{
    [Theory]
    [InlineData(Verdict.None, "second", true, true, Objection.None)]
    [InlineData(Verdict.Approved, "third", true, true, Objection.None)]
    [InlineData(Verdict.None, "first", true, true, Objection.OwnRequest)]
    [InlineData(Verdict.Approved, "first", true, true, Objection.OwnRequest)]
    [InlineData(Verdict.None, "second", true, false, Objection.OtherContent)]
    [InlineData(Verdict.None, "second", false, true, Objection.Altered)]
    [InlineData(Verdict.Refused, "second", true, true, Objection.Refused)]
    [InlineData(Verdict.Refused, "first", false, false, Objection.Refused)]
    public void another_agrees_to_what_is_whole_and_what_he_saw_P2(Verdict verdict, string actor, bool isWhole, bool isSeen, Objection objection)
    {
        var asked = Asked(verdict, isWhole);
        Assert.Equal(objection, SecondPerson.ToApproval(asked, actor, isSeen ? asked.ContentHash : [1, 2, 4]));
    }

    [Theory]
    [InlineData(Verdict.None, "second", true, Objection.None)]
    [InlineData(Verdict.None, "second", false, Objection.None)]
    [InlineData(Verdict.None, "first", true, Objection.OwnRequest)]
    [InlineData(Verdict.Approved, "second", true, Objection.Approved)]
    [InlineData(Verdict.Approved, "first", true, Objection.Approved)]
    public void another_refuses_what_nobody_has_agreed_to_P2(Verdict verdict, string actor, bool isWhole, Objection objection) =>
        Assert.Equal(objection, SecondPerson.ToRefusal(Asked(verdict, isWhole), actor));

    [Theory]
    [InlineData(Objection.Refused, "change_refused")]
    [InlineData(Objection.Approved, "change_approved")]
    [InlineData(Objection.OwnRequest, "second_person_needed")]
    [InlineData(Objection.Altered, "content_changed")]
    [InlineData(Objection.OtherContent, "content_differs")]
    public void each_objection_has_a_code_P2(Objection objection, string code) => Assert.Equal(code, ProposalRefusals.Of(objection, ProposalKind.Change));

    private static Proposal<Wish> Asked(Verdict verdict, bool isWhole) =>
        new(new OrderId(1), new Wish(isWhole ? [1, 2, 3] : [1, 2]), [1, 2, 3], "first", default, []) { Verdict = verdict };

    private sealed record Wish(byte[] Hash) : IProposalContent
    {
        public string Reason => "wanted";

        public static string KeyOf(OrderId proposal) => "wish";

        public byte[] HashFor(OrderId proposal) => Hash;
    }
}
