-- Orders of the backlog without a result.
select count(*), coalesce(max(trade_id), 0) from institution_order where state not in ('Succeeded', 'Failed') and trade_id <= $1
