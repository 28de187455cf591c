using System.Text.Json;
using PaymentEngine.Core.Channels;

namespace PaymentEngine.Channels.Simulator;

/// <summary>Reads what came in on the callback address: verified on the raw bytes first, understood second.</summary>
internal sealed class SimulatorCallbacks(IChannelConnections connections, SimulatorMapping mapping)
{
    private static readonly CallbackAnswer Stored = CallbackAnswer.Text(200, "success");

    private static readonly CallbackAnswer NotSigned = CallbackAnswer.Text(401, "signature");

    private static readonly CallbackAnswer NotUnderstood = CallbackAnswer.Text(400, "content");

    public CallbackReading Read(CallbackRequest request)
    {
        var headers = new SignatureHeaders(
            request.Headers.GetValueOrDefault(SimulatorSignature.TimestampHeader),
            request.Headers.GetValueOrDefault(SimulatorSignature.NonceHeader),
            request.Headers.GetValueOrDefault(SimulatorSignature.SignatureHeader));
        var secret = connections.Of(request.ChannelId).Secret.Span;
        var fault = SimulatorSignature.Fault(
            secret, SimulatorSignature.Callback, $"{request.ChannelId}", headers, request.Body.Span, request.ReceivedAt);
        if (fault is not null)
        {
            return new CallbackReading.Refused(fault, NotSigned);
        }

        return WordsOf(request.Body) is { Number: { Length: > 0 } number, Status: not null } words
            ? new CallbackReading.Told(number, mapping.Of(ChannelInterface.Callback, request.ChannelId, words.ToAnswer(), ordered: null, request.Body), Stored)
            : new CallbackReading.Refused("not understood", NotUnderstood);
    }

    private static CallbackWords? WordsOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, SimulatorJson.Default.CallbackWords);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
