using System.Buffers;
using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PaymentEngine.Core.Channels;
using PaymentEngine.Core.Failpoints;
using PaymentEngine.Runtime.Callbacks;

namespace PaymentEngine.Api.Callbacks;

/// <summary>
/// Receives what institutions tell us by themselves. They know nothing of our problems: they are answered in their own
/// words, or with a bare status because of which they call again.
/// </summary>
internal sealed partial class CallbackEndpoint(ICallbackReception reception, CallbackDoors doors, ILogger<CallbackEndpoint> log)
{
    private const int LargestBody = 64 * 1024;
    private const string RetryAfterS = "1";

    public async Task ReceiveAsync(HttpContext context)
    {
        var channel = (string)context.Request.RouteValues["channel"]!;
        try
        {
            await AnswerAsync(context, channel);
        }
        catch (Exception exception) when (
            exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The institution has hung up. What was stored is handled; if it did not hear so, it calls again.
        }
        catch (BadHttpRequestException malformed) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = malformed.StatusCode;
        }
        catch (DbException lost) when (!context.Response.HasStarted)
        {
            LogFailure(lost, channel);
            TurnAway(context.Response);
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            LogFailure(failure, channel);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private async Task AnswerAsync(HttpContext context, string channel)
    {
        if (await ReadBodyAsync(context) is not { } body)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        switch (await reception.ReceiveAsync(channel, doors.Of(context.Connection), HeadersOf(context.Request), body))
        {
            case CallbackReceipt.Answered { Answer: var answer }:
                Failpoints.Pass(Failpoint.BeforeCallbackAnswer);
                await WriteAsync(context.Response, answer);
                Failpoints.Pass(Failpoint.AfterCallbackAnswer);
                break;
            case CallbackReceipt.NoSuchChannel:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
            case CallbackReceipt.Unavailable:
                TurnAway(context.Response);
                break;
        }
    }

    /// <summary>Null when it is too large. What was signed is the bytes, so they are kept as they came.</summary>
    private static async Task<byte[]?> ReadBodyAsync(HttpContext context)
    {
        if (context.Request.ContentLength > LargestBody)
        {
            return null;
        }

        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > LargestBody)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static Dictionary<string, string> HeadersOf(HttpRequest request)
    {
        var headers = new Dictionary<string, string>(request.Headers.Count);
        foreach (var (name, value) in request.Headers)
        {
            headers[name.ToLowerInvariant()] = value.ToString();
        }

        return headers;
    }

    private static Task WriteAsync(HttpResponse response, CallbackAnswer answer)
    {
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        return response.Body.WriteAsync(answer.Body).AsTask();
    }

    private static void TurnAway(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = RetryAfterS;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "a callback to {Channel} could not be received")]
    private partial void LogFailure(Exception exception, string channel);
}
