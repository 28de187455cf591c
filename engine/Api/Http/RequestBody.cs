using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PaymentEngine.Api.Problems;
using PaymentEngine.Api.Reading;

namespace PaymentEngine.Api.Http;

/// <summary>
/// A body in one piece, in a rented buffer. In front of it stands the operation, so that one hash covers both: the same
/// key with the same body on another path is another request.
/// </summary>
internal sealed class RequestBody : IDisposable
{
    private readonly byte[] _buffer;
    private readonly int _bodyAt;
    private readonly int _end;

    private RequestBody(string operation, in ReadOnlySequence<byte> body)
    {
        _bodyAt = operation.Length + 1;
        _end = _bodyAt + (int)body.Length;
        _buffer = ArrayPool<byte>.Shared.Rent(_end);
        Encoding.ASCII.GetBytes(operation, _buffer);
        _buffer[operation.Length] = (byte)'\n';
        body.CopyTo(_buffer.AsSpan(_bodyAt));
    }

    public ReadOnlySpan<byte> Json => _buffer.AsSpan(_bodyAt.._end);

    public byte[] Hash() => SHA256.HashData(_buffer.AsSpan(0, _end));

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    /// <param name="request">The request whose body is read.</param>
    /// <param name="operation">Method and path, in one spelling whatever the client wrote.</param>
    /// <param name="most">In bytes; what is longer than usual is let in by the server only when it is told beforehand.</param>
    public static async ValueTask<OrProblem<RequestBody>> ReadAsync(HttpRequest request, string operation, int most = FieldLimits.BodyBytes)
    {
        if (most > FieldLimits.BodyBytes && request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
        {
            server.MaxRequestBodySize = 2 * most;
        }

        if (request.ContentLength > most)
        {
            return TooLarge(most);
        }

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted);
            var buffer = read.Buffer;
            if (buffer.Length > most)
            {
                reader.AdvanceTo(buffer.End);
                return TooLarge(most);
            }

            if (read.IsCompleted)
            {
                var body = new RequestBody(operation, buffer);
                reader.AdvanceTo(buffer.End);
                return body;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static Problem TooLarge(int most) => Problem.Of(
        ProblemCodes.BodyTooLarge, string.Create(CultureInfo.InvariantCulture, $"A body here is at most {most:N0} bytes."));
}
