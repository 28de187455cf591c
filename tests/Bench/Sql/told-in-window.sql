-- Payments of which the merchant's system has acknowledged to be told in the window. Milliseconds from their creation.
select count(*),
       coalesce(percentile_disc(0.50) within group (order by took_ms), 0)::float8,
       coalesce(percentile_disc(0.99) within group (order by took_ms), 0)::float8,
       coalesce(percentile_disc(0.999) within group (order by took_ms), 0)::float8,
       coalesce(max(took_ms), 0)::float8
from (
    select extract(epoch from notification.delivered_at - trade_order.created_at) * 1000 as took_ms
    from notification
    join trade_order on trade_order.id = notification.trade_id
    where notification.kind = 'TradePaid' and notification.delivered_at >= $1 and notification.delivered_at < $2
) as told
