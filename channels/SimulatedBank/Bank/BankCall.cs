namespace PaymentEngine.Channels.Simulator;

/// <summary>A call that somebody has open at the institution: an order, or a question about a number.</summary>
public class BankCall
{
    public BankCall(BankRequest order)
        : this(order.Number, order.Channel) => Order = order;

    public BankCall(string number, int channel) => (Number, Channel) = (number, channel);

    public string Number { get; }

    public int Channel { get; }

    /// <summary>Null for a question.</summary>
    public BankRequest? Order { get; }

    internal long AnswerAtMs { get; set; }

    internal BankAnswer Decided { get; set; }
}

/// <summary>A call that somebody awaits.</summary>
internal sealed class PendingCall : BankCall
{
    private readonly TaskCompletionSource<BankAnswer?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PendingCall(BankRequest order)
        : base(order)
    {
    }

    public PendingCall(string number, int channel)
        : base(number, channel)
    {
    }

    public Task<BankAnswer?> Task => _answer.Task;

    public void Answer(BankAnswer? answer) => _answer.SetResult(answer);

    public void Break(Exception broken) => _answer.SetException(broken);
}

/// <summary>Where the institution's words leave it.</summary>
public interface IBankOutlet
{
    /// <summary>Answers the call, once; null means that the caller waits in vain.</summary>
    void Answer(BankCall call, BankAnswer? answer);

    /// <summary>Sends the callback; what came of it is told to <see cref="BankCore.Acknowledge"/>.</summary>
    void Send(BankCallback callback);
}

/// <summary>The institution's own record.</summary>
public interface IBankJournal
{
    void Note(JournalEntry entry);
}
