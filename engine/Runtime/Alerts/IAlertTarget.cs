using PaymentEngine.Core.Alerts;

namespace PaymentEngine.Runtime.Alerts;

/// <summary>Somebody who is told.</summary>
public interface IAlertTarget
{
    string Name { get; }

    AlertSeverity Least { get; }

    /// <summary>Returns when the message was accepted.</summary>
    /// <exception cref="Exception">It was not, for the reason that the message says; or nobody can tell.</exception>
    Task TellAsync(AlertMessage message, CancellationToken stopping);
}

/// <summary>The target is there and does not take the message.</summary>
public sealed class AlertRefusedException(string reason) : Exception(reason);
