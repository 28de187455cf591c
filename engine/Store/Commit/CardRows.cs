using Npgsql;
using PaymentEngine.Core.Units;

namespace PaymentEngine.Store.Commit;

/// <summary>What a batch remembers of cards (C9). Most batches remember a few.</summary>
internal sealed class CardRows
{
    private readonly BulkRows<CardFailure> _failed = new BulkRows<CardFailure>()
        .Text(card => card.Card)
        .Integer(card => card.ChannelId)
        .Moment(card => card.Until);

    private readonly BulkRows<CardWithoutFunds> _withoutFunds = new BulkRows<CardWithoutFunds>()
        .Text(card => card.Card)
        .Moment(card => card.At)
        .Integer(card => card.Most);

    public void Add(UnitOfWork unit)
    {
        foreach (var card in unit.CardFailures)
        {
            _failed.Add(card);
        }

        foreach (var card in unit.CardsWithoutFunds)
        {
            _withoutFunds.Add(card);
        }
    }

    /// <summary>After what belongs to one trade alone: a card's rows are held no longer than it takes to commit.</summary>
    public void AddTo(NpgsqlBatch batch)
    {
        _failed.AddTo(batch, Sql.Get("Conditions/card_memory.keep_away"));
        _withoutFunds.AddTo(batch, Sql.Get("Conditions/card_memory.without_funds"));
    }

    public void Clear()
    {
        _failed.Clear();
        _withoutFunds.Clear();
    }
}
