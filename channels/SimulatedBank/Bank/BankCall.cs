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

/// <summary>A call that somebody awaits, perhaps in vain.</summary>
internal sealed class PendingCall : BankCall
{
    private readonly TaskCompletionSource<BankAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PendingCall(BankRequest order)
        : base(order)
    {
    }

    public PendingCall(string number, int channel)
        : base(number, channel)
    {
    }

    /// <summary>Never completes for a call that is not answered.</summary>
    public Task<BankAnswer> Task => _answer.Task;

    /// <summary>Called when it is certain that there will be no answer.</summary>
    public Action? GivenUp { get; set; }

    /// <summary>What to answer, until it may leave the house; null for never.</summary>
    public BankAnswer? Words { get; set; }

    public void LetOut()
    {
        if (Words is { } words)
        {
            _answer.SetResult(words);
        }
        else
        {
            GivenUp?.Invoke();
        }
    }

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
