using System.ComponentModel.DataAnnotations;

namespace PaymentEngine.Runtime.Bus;

public enum BusTransport
{
    InMemory,
    RabbitMq,
}

/// <summary>Section <c>Bus</c>.</summary>
public sealed class BusOptions : IValidatableObject
{
    public const string Section = "Bus";

    [EnumDataType(typeof(BusTransport))]
    public BusTransport Transport { get; set; } = BusTransport.InMemory;

    /// <summary>amqp://user:password@host:port/virtual-host, from <c>ConnectionStrings:Broker</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The channel applications that this process runs; an engine adds its own.</summary>
    public IList<string> Applications { get; } = [];

    /// <summary>Ids that wait for one queue, at most; beyond it they are dropped and left to the sweep.</summary>
    [Range(1, 10_000_000)]
    public int OutboxCapacity { get; set; } = 100_000;

    /// <summary>Ids in one message at most.</summary>
    [Range(1, 10_000)]
    public int MaximumBatch { get; set; } = 256;

    /// <summary>The least time from one message to a queue to the next, unless a full one waits: a message costs far more than an id.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan Pace { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a message may wait for the broker's confirmation before it is sent again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause between two attempts while the broker is away.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Far below the half hour after which the broker takes a message away and closes the channel.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a stopping process publishes what still waits, and how long its handlers may go on after that.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Attempts before a message is parked.</summary>
    [Range(1, 10)]
    public int Attempts { get; set; } = 3;

    /// <summary>Messages that the broker hands to this process ahead, per queue.</summary>
    [Range(1, 1000)]
    public int Prefetch { get; set; } = 32;

    /// <summary>Messages of one queue in the hands of its handler at a time, each with up to <see cref="MaximumBatch"/> ids.</summary>
    [Range(1, 1000)]
    public int HandleAtOnce { get; set; } = 8;

    /// <summary>One queue cannot be attached to twice.</summary>
    public void RunAlso(string application)
    {
        if (!Applications.Contains(application))
        {
            Applications.Add(application);
        }
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Transport == BusTransport.RabbitMq && !IsAmqp(ConnectionString))
        {
            yield return new ValidationResult("ConnectionStrings:Broker must be amqp://user:password@host:port/virtual-host when Bus:Transport is RabbitMq");
        }

        if (HandleAtOnce > Prefetch)
        {
            yield return new ValidationResult("Bus:HandleAtOnce is above Bus:Prefetch: there would never be so many messages at hand");
        }

        if (Applications.Any(name => string.IsNullOrWhiteSpace(name)))
        {
            yield return new ValidationResult("a name in Bus:Applications is empty");
        }

        if (Applications.Distinct().Count() < Applications.Count)
        {
            yield return new ValidationResult("a name stands in Bus:Applications twice");
        }
    }

    private static bool IsAmqp(string? connection) =>
        Uri.TryCreate(connection, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps" && uri.UserInfo.Contains(':');
}
