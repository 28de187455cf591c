namespace PaymentEngine.Tests.Campaign.Mischiefs;

/// <summary>Something is hurt while traffic flows, and healed again.</summary>
/// <param name="Seed">From it follows how it is hurt.</param>
/// <param name="At">Counted from the begin of the traffic.</param>
internal sealed record Mischief(Target Target, int Seed, TimeSpan At, TimeSpan Lasts);

/// <summary>What can be hurt.</summary>
internal enum Target
{
    /// <summary>kill -9 of a node.</summary>
    NodeKilled,

    /// <summary>SIGSTOP of a node, for longer than any lease.</summary>
    NodeFrozen,

    /// <summary>The wire between a node and the database.</summary>
    DatabaseWire,

    /// <summary>PostgreSQL: killed, stopped, frozen, sessions ended while they commit.</summary>
    DatabaseServer,

    /// <summary>The disk that PostgreSQL is on.</summary>
    DatabaseDisk,

    /// <summary>The wire between the nodes and the bank.</summary>
    BankWire,

    /// <summary>The wire on which the bank calls back.</summary>
    CallbackWire,

    /// <summary>The wire between a node and the broker.</summary>
    BrokerWire,

    /// <summary>RabbitMQ: killed, stopped, frozen, emptied, blocked, poisoned.</summary>
    BrokerServer,

    /// <summary>The wall clock of a node jumps.</summary>
    Clock,

    /// <summary>The merchants' receiver refuses what it is told, or does not answer.</summary>
    Receiver,
}
