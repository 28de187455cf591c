using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;

namespace PaymentEngine.Api.Operations.Ledger;

internal sealed record SentCustomer(string Number, string Name, bool FaceToFace);

internal sealed record SentVerification(string Source);

internal sealed record SentClass(string Class, string Reason);

/// <summary>Reads what somebody says of a customer.</summary>
internal static class CustomerReader
{
    private static readonly FieldNames CustomerNames = new(string.Empty, required: 2, "number", "name", "face_to_face");
    private static readonly FieldNames VerificationNames = new(string.Empty, required: 1, "source");
    private static readonly FieldNames ClassNames = new(string.Empty, required: 2, "class", "reason");

    public static OrProblem<SentCustomer> ReadCustomer(ReadOnlySpan<byte> body, string actor)
    {
        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        string? number = null, name = null;
        bool? faceToFace = false;
        json.Open();
        for (var seen = 0u; json.Next(CustomerNames, ref seen, out var field);)
        {
            switch (CustomerNames.Path(field))
            {
                case "number":
                    number = json.Text(TextRule.MerchantOrderNo);
                    break;
                case "name":
                    name = json.Text(TextRule.Party);
                    break;
                case "face_to_face":
                    faceToFace = json.Boolean();
                    break;
            }
        }

        json.Close();
        return errors.Any ? errors.ToProblem() : new SentCustomer(number!, name!, faceToFace!.Value);
    }

    public static OrProblem<SentVerification> ReadVerification(ReadOnlySpan<byte> body, string actor) =>
        OneText.Read(body, VerificationNames, TextRule.Source, static text => new SentVerification(text));

    public static OrProblem<SentClass> ReadClass(ReadOnlySpan<byte> body, string actor)
    {
        var errors = new FieldErrors();
        var json = new StrictJson(body, errors);
        string? wanted = null, reason = null;
        json.Open();
        for (var seen = 0u; json.Next(ClassNames, ref seen, out var field);)
        {
            if (ClassNames.Path(field) == "reason")
            {
                reason = json.Text(TextRule.Reason);
            }
            else
            {
                wanted = json.Text(TextRule.Party);
            }
        }

        json.Close();
        return errors.Any ? errors.ToProblem() : new SentClass(wanted!, reason!);
    }
}
