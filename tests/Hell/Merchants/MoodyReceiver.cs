using System.Collections.Concurrent;

namespace PaymentEngine.Tests.Hell.Merchants;

/// <summary>How a merchant's system takes notifications: now and then it fails at one, or leaves one unanswered, the first time.</summary>
internal sealed class MoodyReceiver(int seed)
{
    private readonly ConcurrentDictionary<string, bool> _seen = new();

    public int Answer(ReceivedNotification told) => !_seen.TryAdd(told.Id, true)
        ? 204
        : MoodOf(told.Id) switch
        {
            < 50 => 500,
            < 60 => NotificationReceiver.Never,
            _ => 204,
        };

    /// <summary>Of a thousand.</summary>
    private int MoodOf(string id) => new Random(unchecked((seed * 31) + (int)long.Parse(id["msg_".Length..]))).Next(1_000);
}
