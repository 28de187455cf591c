using System.Globalization;
using Microsoft.AspNetCore.Http;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Api.Http;

/// <summary>Puts answers and problems on the wire.</summary>
internal static class Answers
{
    private const string RetryAfterS = "1";

    public static Task WriteAsync(HttpResponse response, Problem problem, string requestSerial)
    {
        switch (problem.Status)
        {
            case StatusCodes.Status401Unauthorized:
                response.Headers.WWWAuthenticate = "Bearer";
                break;
            case StatusCodes.Status503ServiceUnavailable:
                response.Headers.RetryAfter = RetryAfterS;
                break;
        }

        if (problem.RetryAfterS is { } wait)
        {
            response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        }

        return WriteAsync(response, problem.Status, ProblemWriter.ContentType, ProblemWriter.Write(problem, requestSerial));
    }

    public static Task WriteAsync(HttpResponse response, Answer answer) =>
        answer.Location.Length > 0
            ? AcknowledgeAsync(response, answer)
            : WriteAsync(response, answer.Status, answer.ContentType, answer.Body);

    /// <summary>Something was opened: from here on it is promised.</summary>
    private static async Task AcknowledgeAsync(HttpResponse response, Answer answer)
    {
        response.Headers.Location = answer.Location;
        Failpoints.Pass(Failpoint.BeforeAnswer);
        await WriteAsync(response, answer.Status, MediaType.Json, answer.Body);
        Failpoints.Pass(Failpoint.AfterAnswer);
    }

    private static Task WriteAsync(HttpResponse response, int status, string contentType, byte[] body)
    {
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body).AsTask();
    }
}
