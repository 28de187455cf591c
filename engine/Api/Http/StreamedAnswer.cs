using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace PaymentEngine.Api.Http;

/// <summary>An answer of any length, written while it is read and never held in one piece.</summary>
/// <param name="FileName">Under which a browser keeps it.</param>
internal sealed record StreamedAnswer(string ContentType, string FileName, Func<PipeWriter, CancellationToken, Task> Write)
{
    public Task WriteAsync(HttpResponse response, CancellationToken cancellation)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = ContentType;
        response.Headers.ContentDisposition = $"attachment; filename=\"{FileName}\"";
        return Write(response.BodyWriter, cancellation);
    }
}
