using System.Text.Json;
using PaymentEngine.Api.Writing;
using PaymentEngine.Core;

namespace PaymentEngine.Api.Problems;

/// <summary>Problems as RFC 9457 wants them, with our code, whether to retry, and the request's serial number.</summary>
internal static class ProblemWriter
{
    public const string ContentType = "application/problem+json";

    public static byte[] Write(Problem problem, string requestSerial) =>
        JsonBytes.Of((problem, requestSerial), static (json, state) => Write(json, state.problem, state.requestSerial));

    private static void Write(Utf8JsonWriter json, Problem problem, string requestSerial)
    {
        json.WriteString("type"u8, problem.Kind.Type);
        json.WriteString("title"u8, problem.Kind.Title);
        json.WriteNumber("status"u8, problem.Status);
        json.WriteString("detail"u8, problem.Detail);
        json.WriteString("code"u8, problem.Kind.Code);
        json.WriteBoolean("retryable"u8, problem.Retryable);
        json.WriteString("request_id"u8, requestSerial);
        if (problem.Errors is { } errors)
        {
            json.WriteObjects("errors"u8, errors, static (json, error) =>
            {
                json.WriteString("field"u8, error.Field);
                json.WriteString("code"u8, error.Code);
                json.WriteString("message"u8, error.Message);
                if (error.Line is { } line)
                {
                    json.WriteNumber("line"u8, line);
                }

                if (error.Column is { } column)
                {
                    json.WriteNumber("column"u8, column);
                }
            });
        }

        if (problem.Trade is { } trade)
        {
            json.WriteString("trade_no"u8, OrderNumber.Format(OrderLevel.Trade, trade));
        }

        if (problem.RetryAfterS is { } wait)
        {
            json.WriteNumber("retry_after_s"u8, wait);
        }
    }
}
