namespace PaymentEngine.Bench.Outside;

/// <summary>What the world outside saw; a line of standard output, as JSON.</summary>
/// <param name="Channels">Since the last such line; everything else since the start.</param>
/// <param name="StillOpen">Results that were not told yet, or not acknowledged.</param>
/// <param name="Told">Notifications by their ids; repeats are not in it.</param>
internal sealed record OutsideFigures(
    IReadOnlyList<ChannelCrowd> Channels, long CallbacksAcknowledged, long CallbacksRepeated, int StillOpen, long Told, long ToldAgain);
