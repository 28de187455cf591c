namespace PaymentEngine.Channels.Simulator;

/// <summary>
/// What the institution signs with and takes from others. After a rotation it signs with the next key at once and still
/// takes the one before, because nobody changes keys in the same second.
/// </summary>
internal sealed class BankKeys(ReadOnlyMemory<byte> first)
{
    private volatile ReadOnlyMemory<byte>[] _newestFirst = [first];

    public ReadOnlySpan<byte> Signing => _newestFirst[0].Span;

    public void Rotate(ReadOnlyMemory<byte> next) => _newestFirst = [next, _newestFirst[0]];

    public bool AnySigned(string? signature, string what, string where, long timestamp, string nonce, ReadOnlySpan<byte> body)
    {
        foreach (var key in _newestFirst)
        {
            if (BankSignature.AreEqual(signature, BankSignature.Of(key.Span, what, where, timestamp, nonce, body)))
            {
                return true;
            }
        }

        return false;
    }
}
