namespace PaymentEngine.Tests.Simulation.Engine;

/// <summary>
/// What the database is to the engine: one atomic commit, with the same order of refusals and the same guards. Only
/// what a unit of work marked as changed is written.
/// </summary>
internal sealed class FakeStore(World world)
{
    private readonly Dictionary<OrderId, TradeFamily> _families = [];
    private readonly Dictionary<string, (OrderId Trade, OrderId Order)> _numbers = [];
    private readonly Dictionary<(int Merchant, string Key), StoredRequest> _requests = [];
    private readonly Dictionary<(int Merchant, string OrderNo), OrderId> _orderNumbers = [];

    public Timers Timers { get; } = new(world);

    public Books Books { get; } = new(world);

    public Inbox Inbox { get; } = new(world);

    public Dictionary<OrderId, string> WorkList { get; } = [];

    public Dictionary<(OrderId Order, string Kind), bool> DifferenceIsOpen { get; } = [];

    public Dictionary<(OrderId Order, NotificationKind Kind), int> Told { get; } = [];

    /// <summary>As stored; not to be changed.</summary>
    public IEnumerable<TradeFamily> Families => _families.Values;

    public TradeFamily? Peek(OrderId trade) => _families.GetValueOrDefault(trade);

    public TradeFamily? Load(OrderId trade) => Peek(trade) is { } family ? Copies.Of(family) : null;

    public (OrderId Trade, OrderId Order)? Locate(string number) => _numbers.TryGetValue(number, out var at) ? at : null;

    /// <summary>Whether a channel application in a process of its own has to send it.</summary>
    public bool IsApart(InstitutionOrder order) => world.Facts.Directory.Channel(order.ChannelId).IsApart;

    public StoredRequest? FindRequest(int merchant, string key) => _requests.GetValueOrDefault((merchant, key));

    public CommitResult Commit(UnitOfWork unit, long? callback)
    {
        if (WhyNot(unit) is { } refusal)
        {
            return refusal;
        }

        var before = Peek(unit.Family.Trade.Id);
        var after = Write(before, unit);
        _families[after.Trade.Id] = after;
        WriteSides(unit, callback);
        StepJudge.Judge(before, after, this);
        return CommitResult.Committed.Instance;
    }

    private CommitResult? WhyNot(UnitOfWork unit)
    {
        if (unit.Claim is { } claim)
        {
            if (_requests.ContainsKey((claim.MerchantId, claim.Key)))
            {
                return CommitResult.KeyTaken.Instance;
            }

            if (claim.MerchantOrderNo is { } number && _orderNumbers.TryGetValue((claim.MerchantId, number), out var trade))
            {
                return new CommitResult.OrderNumberTaken(trade);
            }
        }

        if (!unit.OpensTrade && Peek(unit.Family.Trade.Id)?.Trade.Version != unit.BaseVersion)
        {
            return CommitResult.VersionConflict.Instance;
        }

        return Books.TryPost(unit) is { } refused ? new CommitResult.PostingRefused(refused) : null;
    }

    private TradeFamily Write(TradeFamily? before, UnitOfWork unit)
    {
        var trade = Copies.Of(unit.Family.Trade);
        trade.Version = unit.BaseVersion + 1;
        var after = new TradeFamily(trade);
        Write(before?.Payments, unit.Family.Payments, after.Add);
        Write(before?.Instructions, unit.Family.Instructions, after.Add);
        Write(before?.InstitutionOrders, unit.Family.InstitutionOrders, after.Add);
        foreach (var order in after.InstitutionOrders)
        {
            Broken.If(
                !_numbers.TryAdd(order.InstitutionNumber, (trade.Id, order.Id)) && _numbers[order.InstitutionNumber].Order != order.Id,
                "a number is used once", order.InstitutionNumber);
        }

        return after;
    }

    private static void Write<T>(List<T>? stored, List<T> decided, Action<T> write)
        where T : Order
    {
        foreach (var order in decided)
        {
            var old = stored?.Find(it => it.Id == order.Id);
            Broken.If((old is null) != (order.Change == OrderChange.New), "what is new is marked as new", $"{order.Level} {order.Id}");
            write(order.Change == OrderChange.None ? old! : Copies.Of(order));
        }
    }

    private void WriteSides(UnitOfWork unit, long? callback)
    {
        if (unit.Claim is { } claim)
        {
            _requests.Add((claim.MerchantId, claim.Key), new StoredRequest(claim.BodyHash, unit.Answer!));
            if (claim.MerchantOrderNo is { } number)
            {
                _orderNumbers.Add((claim.MerchantId, number), unit.Family.Trade.Id);
            }
        }

        Timers.Write(unit);
        if (callback is { } handled)
        {
            Inbox.Handled(handled);
        }

        foreach (var difference in unit.Differences)
        {
            var key = (difference.Order, difference.Kind);
            if (difference.Detail is null)
            {
                _ = DifferenceIsOpen.Remove(key) && DifferenceIsOpen.TryAdd(key, false);
            }
            else
            {
                DifferenceIsOpen.TryAdd(key, true);
            }
        }

        foreach (var item in unit.WorkItems)
        {
            WorkList.Remove(item.Order);
            if (item.Reason is { } reason)
            {
                WorkList.Add(item.Order, reason);
            }
        }

        foreach (var told in unit.Notifications)
        {
            Told[(told.Order.Id, told.Kind)] = Told.GetValueOrDefault((told.Order.Id, told.Kind)) + 1;
        }
    }
}

internal sealed record StoredRequest(byte[] BodyHash, Answer Answer);
