namespace PaymentEngine.Routing.Conditions;

/// <summary>A dynamic weight as a node sees it: what all nodes knew at the last exchange, and what happened here since.</summary>
public sealed class HealthCounter
{
    /// <summary>At this and below it stands behind the healthy ones, and is tried with a trickle of traffic.</summary>
    public const int Ailing = -10;

    private readonly Lock _gate = new();
    private int _known;
    private HealthSteps _told = HealthSteps.None;
    private HealthSteps _fresh = HealthSteps.None;
    private volatile int _value;
    private long _nextProbe;

    public int Value => _value;

    public bool IsAiling => _value <= Ailing;

    public void Add(HealthSteps step)
    {
        lock (_gate)
        {
            // Successes of what is well are all the traffic there is; nobody has to be told of them.
            if (_known == HealthSteps.Best && _told.IsNone && _fresh.IsNone && step == HealthSteps.Success)
            {
                return;
            }

            _fresh = _fresh.Then(step);
            Reckon();
        }
    }

    /// <summary>What the others have to be told. Until they answer it is told again.</summary>
    public HealthSteps Tell()
    {
        lock (_gate)
        {
            (_told, _fresh) = (_told.Then(_fresh), HealthSteps.None);
            return _told;
        }
    }

    /// <summary>What all know now, with what this node has told.</summary>
    public void Hear(int health)
    {
        lock (_gate)
        {
            (_known, _told) = (health, HealthSteps.None);
            Reckon();
        }
    }

    /// <summary>True once per period, whoever asks; moments are ticks.</summary>
    public bool TakeProbe(long now, long period)
    {
        var next = Interlocked.Read(ref _nextProbe);
        return now >= next && Interlocked.CompareExchange(ref _nextProbe, now + period, next) == next;
    }

    private void Reckon() => _value = _fresh.From(_told.From(_known));
}
