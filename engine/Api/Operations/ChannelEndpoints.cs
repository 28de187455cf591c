using System.Globalization;
using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;
using PaymentEngine.Core.Units;
using PaymentEngine.Runtime.Conditions;

namespace PaymentEngine.Api.Operations;

/// <summary>How the channels fare, and what is used of their limits.</summary>
internal sealed class ChannelEndpoints(ChannelOverview channels)
{
    public const string Code = "channel";

    private const string Day = "day";
    private const string Subject = "subject";

    /// <summary>As counters have them: a kind, a colon, a name or a hash.</summary>
    private static readonly TextRule SubjectRule = new(0, 128);

    private static readonly ProblemCode NoSuchChannel = new(
        "channel_not_found", 404, false, "There is no such channel", "No channel has this code.");

    public ValueTask<OrProblem<Answer>> ListAsync(OperationsCall call) => ValueTask.FromResult<OrProblem<Answer>>(Good(ChannelWriter.Write(channels.List())));

    public async ValueTask<OrProblem<Answer>> LimitsAsync(OperationsCall call)
    {
        DateOnly? day = null;
        if (call.Request.Query[Day] is [{ } text])
        {
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed))
            {
                return Problem.OfField(Day, FieldCodes.UnknownValue, "must be a day such as 2026-11-20");
            }

            day = parsed;
        }

        var subject = call.Request.Query[Subject].ToString();
        if (!SubjectRule.Accepts(subject))
        {
            return Problem.OfField(
                Subject, SubjectRule.FitsLength(subject) ? FieldCodes.InvalidCharacters : FieldCodes.WrongLength,
                SubjectRule.FitsLength(subject) ? SubjectRule.AlphabetInWords : SubjectRule.LengthInWords);
        }

        var code = call.Request.RouteValues[Code] as string ?? string.Empty;
        return await channels.LimitsAsync(code, subject, day, call.Aborted) is { } uses
            ? Good(ChannelWriter.Write(uses))
            : Problem.Of(NoSuchChannel);
    }

    private static Answer Good(byte[] body) => new(StatusCodes.Status200OK, string.Empty, body);
}
