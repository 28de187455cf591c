using System.ComponentModel.DataAnnotations;

namespace PaymentEngine.Runtime.Conditions;

/// <summary>Section <c>Routing</c>: what nodes make of the outcomes that they see.</summary>
public sealed class ConditionOptions
{
    public const string Section = "Routing";

    /// <summary>How often an ailing channel is tried with a real payment, by each node.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan ProbeEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often nodes tell each other how channels fare.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan HealthExchange { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>So many times without enough money within 24 hours, and no channel is called for the card any more.</summary>
    [Range(1, 1_000)]
    public int MostInsufficientFunds { get; set; } = 5;
}
