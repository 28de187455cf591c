using System.Data.Common;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PaymentEngine.Api.Problems;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Api.Http;

/// <summary>What every request passes through: its serial number, one place for what goes wrong, one place where the answer is written.</summary>
internal sealed partial class RequestGuard(ILogger log)
{
    public RequestDelegate Around(Func<HttpContext, string, ValueTask<OrProblem<Answer>>> handle) =>
        Around(handle, static (context, answer) => Answers.WriteAsync(context.Response, answer));

    public RequestDelegate Around(Func<HttpContext, string, ValueTask<OrProblem<StreamedAnswer>>> handle) =>
        Around(handle, static (context, answer) => answer.WriteAsync(context.Response, context.RequestAborted));

    private RequestDelegate Around<T>(Func<HttpContext, string, ValueTask<OrProblem<T>>> handle, Func<HttpContext, T, Task> write)
        where T : class => async context =>
    {
        var usable = RequestSerial.TryRead(context.Request, out var serial);
        context.Response.Headers[RequestSerial.Header] = serial;
        Activity.Current?.SetTag("request.serial", serial);
        try
        {
            var answer = usable ? await handle(context, serial) : Problem.Of(ProblemCodes.MalformedRequestId);
            await (answer.Has(out var good, out var problem) ? write(context, good) : Answers.WriteAsync(context.Response, problem, serial));
        }
        catch (Exception exception) when (
            exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The caller has hung up. What was decided stands, and asking again with the same key tells it.
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await Answers.WriteAsync(context.Response, Problem.Of(KindOf(exception)), serial);
        }
        catch (DbException lost) when (DatabaseTrouble.Is(lost) && !context.Response.HasStarted)
        {
            LogLoss(lost, context.Request.Method, context.Request.Path, serial);
            await Answers.WriteAsync(context.Response, Problem.Of(ProblemCodes.Unavailable), serial);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            LogFailure(exception, context.Request.Method, context.Request.Path, serial);
            await Answers.WriteAsync(context.Response, Problem.Of(ProblemCodes.InternalError), serial);
        }
    };

    /// <summary>For paths and methods that lead nowhere: the same shape of answer, whoever asks.</summary>
    public static RequestDelegate Refuse(ProblemCode kind, string? allow = null) => context =>
    {
        RequestSerial.TryRead(context.Request, out var serial);
        context.Response.Headers[RequestSerial.Header] = serial;
        if (allow is not null)
        {
            context.Response.Headers.Allow = allow;
        }

        return Answers.WriteAsync(context.Response, Problem.Of(kind), serial);
    };

    private static ProblemCode KindOf(BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status408RequestTimeout => ProblemCodes.RequestTimeout,
        StatusCodes.Status413PayloadTooLarge => ProblemCodes.BodyTooLarge,
        _ => ProblemCodes.MalformedRequest,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} met no database, request {RequestSerial}")]
    private partial void LogLoss(Exception exception, string method, string path, string requestSerial);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed, request {RequestSerial}")]
    private partial void LogFailure(Exception exception, string method, string path, string requestSerial);
}
