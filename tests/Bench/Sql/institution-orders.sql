-- The numbers under which the institution knows these trades.
select institution_order.number, trade_order.created_at, trade_order.paid_at
from trade_order
join institution_order on institution_order.trade_id = trade_order.id
where trade_order.id = any ($1) and trade_order.state = 'Paid'
