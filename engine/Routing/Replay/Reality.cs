namespace PaymentEngine.Routing.Replay;

/// <summary>What really happened: where transactions went, and how well each channel did.</summary>
internal sealed class Reality
{
    private readonly Dictionary<string, Tally> _byChannel = [];
    private readonly Dictionary<string, Ended> _ended = [];
    private Ended _all;

    public IEnumerable<string> Channels => _byChannel.Keys;

    public Tally? OfChannel(string code) => _byChannel.GetValueOrDefault(code);

    /// <param name="fee">In major units.</param>
    public void Add(PastTransaction past, decimal fee)
    {
        if (past.Channel is not { } channel)
        {
            return;
        }

        _byChannel.TallyOf(channel).Add(past, fee);
        if (past.Outcome != PastOutcome.Open)
        {
            var succeeded = past.Outcome == PastOutcome.Succeeded ? 1 : 0;
            _all = _all.With(succeeded);
            _ended[channel] = _ended.GetValueOrDefault(channel).With(succeeded);
        }
    }

    /// <summary>From 0 to 1; null when nothing that the channel was sent has ended.</summary>
    public decimal? SuccessRateOf(string channel) => _ended.GetValueOrDefault(channel).SuccessRate;

    /// <summary>A channel that has no past is taken to be as good as all together.</summary>
    public decimal ExpectedSuccesses(string channel, int transactions) =>
        transactions * (SuccessRateOf(channel) ?? _all.SuccessRate ?? 0);

    private readonly record struct Ended(int Count, int Succeeded)
    {
        public decimal? SuccessRate => Count > 0 ? (decimal)Succeeded / Count : null;

        public Ended With(int succeeded) => new(Count + 1, Succeeded + succeeded);
    }
}
