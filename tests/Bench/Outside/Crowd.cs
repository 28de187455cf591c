namespace PaymentEngine.Bench.Outside;

/// <summary>How many calls stand in the institution at once, by channel.</summary>
internal sealed class Crowd
{
    private readonly SortedDictionary<int, Count> _channels = [];

    public void Enter(int channel, bool isQuestion)
    {
        if (!_channels.TryGetValue(channel, out var count))
            _channels.Add(channel, count = new Count());
        if (isQuestion)
        {
            count.Questions++;
            count.MostQuestions = Math.Max(count.MostQuestions, ++count.OpenQuestions);
        }
        else
        {
            count.Orders++;
            count.OpenOrders++;
        }

        count.Most = Math.Max(count.Most, count.OpenOrders + count.OpenQuestions);
    }

    public void Leave(int channel, bool isQuestion)
    {
        if (isQuestion)
            _channels[channel].OpenQuestions--;
        else
            _channels[channel].OpenOrders--;
    }

    /// <summary>Since the last time that it was asked for.</summary>
    public IReadOnlyList<ChannelCrowd> Take()
    {
        var crowds = _channels.Select(pair => new ChannelCrowd(
            pair.Key, pair.Value.Orders, pair.Value.Questions, pair.Value.Most, pair.Value.MostQuestions)).ToList();
        foreach (var count in _channels.Values)
        {
            (count.Orders, count.Questions) = (0, 0);
            (count.Most, count.MostQuestions) = (count.OpenOrders + count.OpenQuestions, count.OpenQuestions);
        }

        return crowds;
    }

    private sealed class Count
    {
        public long Orders { get; set; }
        public long Questions { get; set; }
        public int OpenOrders { get; set; }
        public int OpenQuestions { get; set; }
        public int Most { get; set; }
        public int MostQuestions { get; set; }
    }
}

/// <param name="MostAtOnce">Orders and questions together.</param>
internal sealed record ChannelCrowd(int Channel, long Orders, long Questions, int MostAtOnce, int MostQuestionsAtOnce);
