using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PaymentEngine.Channels.Simulator;

/// <summary>POST /pay, /refund and /query: reads a signed call, takes it to the bank, sends the signed answer back.</summary>
internal sealed class BankDesk(SimulatedBank bank, BankKeys keys, int maximumParallel, TimeProvider clock, CancellationToken closing)
{
    private const int LargestBody = 16 * 1024;

    private int _open;

    public async Task ServeAsync(HttpContext context)
    {
        if (Interlocked.Increment(ref _open) > maximumParallel)
        {
            Interlocked.Decrement(ref _open);
            await DropAsync(context);
            return;
        }

        // Given back once: at the end, or as soon as nobody works for this caller any more.
        var isWorking = 1;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, closing);
        try
        {
            if (await UnderstoodAsync(context) is { } call)
            {
                call.GivenUp = StopWorking;
                await WriteAsync(context, await bank.CallAsync(call).WaitAsync(over.Token));
            }
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
        finally
        {
            StopWorking();
        }

        void StopWorking()
        {
            if (Interlocked.Exchange(ref isWorking, 0) == 1)
            {
                Interlocked.Decrement(ref _open);
            }
        }
    }

    /// <summary>It is read only so that the journal can name it.</summary>
    private async Task DropAsync(HttpContext context)
    {
        if (await UnderstoodAsync(context) is { } call)
        {
            await bank.DropAsync(call);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    /// <summary>The call; null when it was turned away, which the response then says.</summary>
    private async Task<PendingCall?> UnderstoodAsync(HttpContext context)
    {
        if (await ReadAsync(context.Request) is not { } body)
        {
            return TurnAway(StatusCodes.Status413PayloadTooLarge);
        }

        return !IsSigned(context.Request, body) ? TurnAway(StatusCodes.Status401Unauthorized)
            : CallOf(context.Request, body) ?? TurnAway(StatusCodes.Status400BadRequest);

        PendingCall? TurnAway(int status)
        {
            context.Response.StatusCode = status;
            return null;
        }
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
            && keys.AnySigned(headers[BankSignature.SignatureHeader], request.Method, request.Path, timestamp, NonceOf(request), body);
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

        var letter = BankLetter.Of(answer, keys.Signing, context.Request.Path, NonceOf(context.Request), clock.GetUtcNow());
        context.Response.StatusCode = letter.Status;
        context.Response.ContentType = letter.ContentType;
        context.Response.ContentLength = letter.Body.Length;
        foreach (var (name, value) in letter.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.Body.WriteAsync(letter.Body);
    }

    private static string NonceOf(HttpRequest request) => request.Headers[BankSignature.NonceHeader].ToString();
}
