-- The numbers under which the institution knows these trades.
select institution_order.number, trade_order.created_at, trade_order.paid_at
from trade_order
join institution_order using (trade_id)
where trade_order.trade_no = any ($1) and trade_order.state = 'Paid'
