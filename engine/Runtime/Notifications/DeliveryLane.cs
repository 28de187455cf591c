using PaymentEngine.Store.Notifications;

namespace PaymentEngine.Runtime.Notifications;

/// <summary>
/// The deliveries of the merchants of one lane. Merchants take turns, and each has only so many attempts under way:
/// one that does not acknowledge gets few, so that it never stands in another's way (N3).
/// </summary>
/// <param name="deliver">Makes an attempt; true when it was acknowledged. Never throws.</param>
/// <param name="letGo">Is told of deliveries that are dropped: their timers will bring them again.</param>
internal sealed class DeliveryLane(NotificationOptions options, Func<Delivery, Task<bool>> deliver, Action<Delivery> letGo)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, Queue> _merchants = [];
    private readonly Queue<Queue> _turns = new();
    private int _underWay;

    /// <summary>False when too many of this merchant are waiting already.</summary>
    public bool TryAdd(Delivery delivery)
    {
        lock (_gate)
        {
            var merchant = delivery.Notification.MerchantId;
            if (!_merchants.TryGetValue(merchant, out var queue))
            {
                _merchants.Add(merchant, queue = new Queue());
            }

            if (queue.Waiting.Count >= MostWaiting(queue))
            {
                return false;
            }

            queue.Waiting.Enqueue(delivery);
            GiveTurn(queue);
        }

        StartNext();
        return true;
    }

    private void StartNext()
    {
        while (true)
        {
            Queue queue;
            Delivery delivery;
            lock (_gate)
            {
                if (_underWay >= options.PerLane || !_turns.TryDequeue(out queue!))
                {
                    return;
                }

                queue.HasTurn = false;
                delivery = queue.Waiting.Dequeue();
                queue.UnderWay++;
                _underWay++;
                GiveTurn(queue);
            }

            _ = RunAsync(queue, delivery);
        }
    }

    private async Task RunAsync(Queue queue, Delivery delivery)
    {
        // Whoever added it is on its way back from a commit and has no time for this.
        await Task.Yield();
        var acknowledged = await deliver(delivery);
        lock (_gate)
        {
            queue.UnderWay--;
            _underWay--;
            queue.IsTroubled = !acknowledged;
            while (queue.Waiting.Count > MostWaiting(queue))
            {
                letGo(queue.Waiting.Dequeue());
            }

            GiveTurn(queue);
        }

        StartNext();
    }

    private void GiveTurn(Queue queue)
    {
        if (!queue.HasTurn && queue.Waiting.Count > 0 && queue.UnderWay < MostUnderWay(queue))
        {
            queue.HasTurn = true;
            _turns.Enqueue(queue);
        }
    }

    private int MostUnderWay(Queue queue) => queue.IsTroubled ? options.PerTroubledMerchant : options.PerMerchant;

    private int MostWaiting(Queue queue) => queue.IsTroubled ? options.WaitingPerTroubledMerchant : options.WaitingPerMerchant;

    private sealed class Queue
    {
        public Queue<Delivery> Waiting { get; } = new();

        public int UnderWay { get; set; }

        /// <summary>Its last attempt was not acknowledged.</summary>
        public bool IsTroubled { get; set; }

        public bool HasTurn { get; set; }
    }
}
