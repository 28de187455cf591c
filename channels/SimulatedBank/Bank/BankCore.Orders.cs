namespace PaymentEngine.Channels.Simulator;

/// <summary>What the institution does once it has read a call: decide, book, and plan what follows.</summary>
public sealed partial class BankCore
{
    private void Decide(BankCall call, DateTimeOffset now)
    {
        if ((call.Order is { } order ? DecideOrder(order, call.AnswerAtMs, now) : LookUp(call, now)) is { } answer)
        {
            call.Decided = answer;
            Plan(StepKind.Answer, call, call.AnswerAtMs, now);
        }
        else
        {
            _outlet.Answer(call, null);
        }
    }

    private void Answer(BankCall call, DateTimeOffset now)
    {
        if (call.Order is { } order)
        {
            _journal?.Note(JournalEntry.Answered(now, order, call.Decided));
        }

        _outlet.Answer(call, call.Decided);
    }

    private BankAnswer LookUp(BankCall call, DateTimeOffset now)
    {
        _journal?.Note(JournalEntry.Queried(now, call.Number, call.Channel));
        if (_outages.IsMaintained(now))
        {
            return new BankAnswer(BankStatus.Error, BankCode.Maintenance);
        }

        var known = _memory.FindVisible(call.Number);
        return BankRules.Query(known, call.Number, known is { } record ? _memory.FateOf(call.Number, record.Scenario) : default);
    }

    private BankAnswer? DecideOrder(BankRequest order, long answerAtMs, DateTimeOffset now)
    {
        if (_outages.Of(order.Payer, now) is { } outage)
        {
            _journal?.Note(JournalEntry.MisbehavedTo(now, order, outage));
            return new BankAnswer(BankStatus.Error, outage == Misbehaviour.Maintenance ? BankCode.Maintenance : BankCode.BankDown);
        }

        return _memory.Find(order.Number) switch
        {
            { IsOnTheBooks: true } first => DecideAgain(order, first, now),
            var known => DecideFirst(order, known, answerAtMs, now),
        };
    }

    private BankAnswer? DecideAgain(BankRequest order, BankRecord first, DateTimeOffset now)
    {
        var fate = _memory.FateOf(order.Number, first.Scenario);
        var decision = BankRules.Again(first, order, fate);
        if (decision.Booked is not null || decision.Answer?.Code == BankCode.DuplicateNumber)
        {
            Note(order, fate, FateGroup.Resend, now);
        }

        if (decision.Booked is { } extraDebit)
        {
            Book(order, extraDebit, now);
        }

        return decision.Answer;
    }

    private BankAnswer? DecideFirst(BankRequest order, BankRecord? known, long answerAtMs, DateTimeOffset now)
    {
        var scenario = _memory.ScenarioOf(order);
        var fate = _memory.FateOf(order.Number, scenario);
        var decision = BankRules.First(known, order, scenario, fate, isRefundable: order.IsRefund && _memory.IsRefundable(order));
        var record = decision.Booked!.Value;
        Note(order, fate, FateGroup.Call, now);
        if (record.IsOnTheBooks)
        {
            Note(order, fate, FateGroup.Query, now);
            if (order.IsRefund)
            {
                Note(order, fate, FateGroup.Refund, now);
            }

            if (_aftercare.Hidden(order.Number, fate) is { } hidden)
            {
                _memory.Hide(order.Number);
                Plan(StepKind.Reveal, order.Number, Ms(now) + hidden, now);
            }
        }

        Conclude(order, record, answerAtMs, now);
        return decision.Answer;
    }

    /// <summary>Books, and plans what follows from it.</summary>
    private void Conclude(BankRequest order, BankRecord record, long answerAtMs, DateTimeOffset now)
    {
        Book(order, record, now);
        if (_aftercare.IsNeeded(record))
        {
            Follow(order, record, now, answerAtMs, now);
        }
    }

    /// <summary>Books and journal change together, so that they agree on what came first.</summary>
    private void Book(BankRequest order, BankRecord record, DateTimeOffset now)
    {
        _memory.Write(order, record, now);
        _journal?.Note(JournalEntry.Booked(now, record.Standing, order));
    }

    /// <param name="bookedAt">Since when it stands so; long ago, when the institution was closed in between.</param>
    private void Follow(BankRequest order, BankRecord record, DateTimeOffset bookedAt, long answerAtMs, DateTimeOffset now)
    {
        var fate = _memory.FateOf(order.Number, record.Scenario);
        if (_aftercare.ToExecution(order.Number, record, fate) is { } wait)
        {
            Plan(StepKind.Execute, order, Ms(bookedAt) + wait, now);
        }
        else if (_aftercare.Tells(record))
        {
            Note(order, fate, FateGroup.CallbackTime, now);
            Note(order, fate, FateGroup.CallbackCopies, now);
            var from = fate.Has(Misbehaviour.CallbackBeforeAnswer) ? Ms(bookedAt) : answerAtMs;
            foreach (var (after, callback) in _aftercare.Callbacks(order, BankRules.Query(record, order.Number, fate), fate, bookedAt))
            {
                Plan(StepKind.Send, callback, from + after, now);
            }
        }
    }

    private void Note(BankRequest order, Fate fate, FateGroup group, DateTimeOffset now)
    {
        if (_journal is null || fate.IsGood)
        {
            return;
        }

        foreach (var rate in Rates.All)
        {
            if (rate.Group == group && fate.Has(rate.What))
            {
                _journal.Note(JournalEntry.MisbehavedTo(now, order, rate.What));
            }
        }
    }
}
