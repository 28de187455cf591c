using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PaymentEngine.Channels.Simulator;

/// <summary>POST /pay, /refund and /query: reads a signed call, takes it to the bank, sends the signed answer back.</summary>
internal sealed class BankDesk(SimulatedBank bank, BankServerOptions options, TimeProvider clock, CancellationToken closing)
{
    private const int LargestBody = 16 * 1024;

    private int _open;

    public async Task ServeAsync(HttpContext context)
    {
        if (Interlocked.Increment(ref _open) > options.MaximumParallel)
        {
            Interlocked.Decrement(ref _open);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        BankAnswer? answer;
        try
        {
            answer = await AnswerAsync(context);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }

        if (answer is { } words)
        {
            await WriteAsync(context, words);
        }
        else if (context.Response.StatusCode == StatusCodes.Status200OK)
        {
            await KeepWaitingAsync(context);
        }
    }

    /// <summary>Null, with another status than 200, when the call was not understood; null with 200 when it is never answered.</summary>
    private async Task<BankAnswer?> AnswerAsync(HttpContext context)
    {
        var body = await ReadAsync(context.Request);
        if (body is null || !IsSigned(context.Request, body))
        {
            context.Response.StatusCode = body is null ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status401Unauthorized;
            return null;
        }

        if (CallOf(context.Request, body) is not { } call)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return null;
        }

        return await bank.CallAsync(call).WaitAsync(closing);
    }

    private static async Task<byte[]?> ReadAsync(HttpRequest request)
    {
        var body = new byte[Math.Clamp(request.ContentLength ?? LargestBody + 1, 0, LargestBody + 1)];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        return length > LargestBody ? null : length == body.Length ? body : body[..length];
    }

    private bool IsSigned(HttpRequest request, byte[] body)
    {
        var headers = request.Headers;
        return BankSignature.IsFresh(headers[BankSignature.TimestampHeader], clock.GetUtcNow(), out var timestamp)
            && BankSignature.AreEqual(
                headers[BankSignature.SignatureHeader],
                BankSignature.Of(options.Secret.Span, request.Method, request.Path, timestamp, NonceOf(request), body));
    }

    private static PendingCall? CallOf(HttpRequest request, byte[] body)
    {
        try
        {
            return HttpMethods.IsPost(request.Method)
                ? JsonSerializer.Deserialize(body, BankJson.Default.OrderMessage)?.CallOn(request.Path)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task WriteAsync(HttpContext context, BankAnswer answer)
    {
        if (answer.Status == BankStatus.Refused)
        {
            // As near to a refused connection as a server comes that had to read whom it refuses.
            context.Abort();
            return;
        }

        var letter = BankLetter.Of(answer, options.Secret.Span, context.Request.Path, NonceOf(context.Request), clock.GetUtcNow());
        context.Response.StatusCode = letter.Status;
        context.Response.ContentType = letter.ContentType;
        context.Response.ContentLength = letter.Body.Length;
        foreach (var (name, value) in letter.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.Body.WriteAsync(letter.Body);
    }

    /// <summary>Until the caller loses patience or we close. Nobody at a counter waits for this call any more.</summary>
    private async Task KeepWaitingAsync(HttpContext context)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, closing);
        await Task.Delay(Timeout.Infinite, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }

    private static string NonceOf(HttpRequest request) => request.Headers[BankSignature.NonceHeader].ToString();
}
