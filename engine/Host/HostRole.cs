namespace PaymentEngine.Host;

/// <summary>What a process of this program is.</summary>
internal enum HostRole
{
    Engine,

    /// <summary>Calls the institutions of its channels and carries what they answer into the orders; nobody talks to it (C16).</summary>
    ChannelApplication,
}
