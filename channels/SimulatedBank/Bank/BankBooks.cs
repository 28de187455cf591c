namespace PaymentEngine.Channels.Simulator;

/// <summary>
/// Every number of the last days and what became of it. Kept in generations of an eighth of the retention, so that
/// forgetting costs nothing: the oldest generation is dropped whole. Not thread-safe; the bank's lock guards it.
/// </summary>
internal sealed class BankBooks<T>(TimeSpan retention)
    where T : struct
{
    private readonly TimeSpan _span = retention / 8;

    private readonly List<Generation> _generations = [];

    public int Count => _generations.Sum(generation => generation.Records.Count);

    public T? Find(string number)
    {
        var print = Fingerprint.Of(number);
        for (var newest = _generations.Count - 1; newest >= 0; newest--)
        {
            if (_generations[newest].Records.TryGetValue(print, out var record))
            {
                return record;
            }
        }

        return null;
    }

    /// <summary>Writes what is now true of the number. An older entry of it is hidden by this one and dies of age.</summary>
    public void Put(string number, T record, DateTimeOffset now)
    {
        if (_generations.Count == 0 || now >= _generations[^1].Start + _span)
        {
            _generations.Add(new Generation(now, []));
            Forget(now);
        }

        _generations[^1].Records[Fingerprint.Of(number)] = record;
    }

    /// <summary>A generation ended when its successor began.</summary>
    private void Forget(DateTimeOffset now)
    {
        while (_generations.Count > 1 && _generations[1].Start <= now - retention)
        {
            _generations.RemoveAt(0);
        }
    }

    private readonly record struct Generation(DateTimeOffset Start, Dictionary<UInt128, T> Records);
}
