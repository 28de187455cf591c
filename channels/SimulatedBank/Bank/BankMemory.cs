namespace PaymentEngine.Channels.Simulator;

/// <summary>What the institution knows of numbers, and what it therefore knows of their fates.</summary>
internal sealed class BankMemory(SimulatorOptions options)
{
    private readonly BankBooks<BankRecord> _books = new(TimeSpan.FromMinutes(options.RetentionMinutes));
    private readonly BankBooks<Aftermath> _aftermaths = new(TimeSpan.FromMinutes(options.RetentionMinutes));
    private readonly HashSet<string> _hidden = [];
    private readonly Fates _fates = new(options.Profile, options.Seed);

    public BankRecord? Find(string number) => _books.Find(number);

    /// <summary>What a query sees.</summary>
    public BankRecord? FindVisible(string number) => _hidden.Count > 0 && _hidden.Contains(number) ? null : _books.Find(number);

    public void Hide(string number) => _hidden.Add(number);

    public void Reveal(string number) => _hidden.Remove(number);

    /// <summary>Writes what is now true of the number; the same truth of a payment once more is a second debit.</summary>
    public void Write(BankRequest order, BankRecord record, DateTimeOffset at)
    {
        var before = _books.Find(order.Number);
        _books.Put(order.Number, record, at);
        if (order.Original is { } original)
        {
            if (before is not { IsOnTheBooks: true } && record.Standing is Standing.Accepted or Standing.Executed or Standing.Abnormal)
            {
                var since = Since(original);
                _aftermaths.Put(original, since with { RefundedMinor = since.RefundedMinor + order.Amount.Minor }, at);
            }
        }
        else if (before is { Standing: Standing.Executed } && record.Standing == Standing.Executed)
        {
            var since = Since(order.Number);
            _aftermaths.Put(order.Number, since with { ExtraDebits = since.ExtraDebits + 1 }, at);
        }
    }

    /// <summary>Never more is given back than was taken.</summary>
    public bool IsRefundable(BankRequest refund)
    {
        if (Find(refund.Original!) is not { Standing: Standing.Executed, IsRefund: false } paid || paid.Amount.Currency != refund.Amount.Currency)
        {
            return false;
        }

        var since = Since(refund.Original!);
        return since.RefundedMinor + refund.Amount.Minor <= paid.Amount.Minor * (1 + since.ExtraDebits);
    }

    public Scenario ScenarioOf(BankRequest order) => order.Original is { } original
        ? Scenarios.OfRefund(Find(original)?.Scenario ?? Scenario.Succeed)
        : Scenarios.Of(order.Payer);

    /// <summary>What a payer account asked for is not disturbed by fate.</summary>
    public Fate FateOf(string number, Scenario scenario) => scenario == Scenario.Succeed ? _fates.Of(number) : default;

    private Aftermath Since(string number) => _aftermaths.Find(number) ?? default;
}
