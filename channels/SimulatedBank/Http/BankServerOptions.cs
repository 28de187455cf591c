using System.Text;

namespace PaymentEngine.Channels.Simulator;

/// <summary>How the institution is reached, and whom it calls back.</summary>
public sealed record BankServerOptions
{
    public string Urls { get; init; } = "http://127.0.0.1:7070";

    /// <summary>What both sides sign with.</summary>
    public ReadOnlyMemory<byte> Secret { get; init; } = Encoding.UTF8.GetBytes("simulated-bank");

    /// <summary>An address in which {channel} stands for the channel; without one nobody is called back.</summary>
    public string? CallbackPattern { get; init; }

    /// <summary>How many calls may be open at once; those above are dropped.</summary>
    public int MaximumParallel { get; init; } = 256;

    public SimulatorOptions Bank { get; init; } = new();
}
