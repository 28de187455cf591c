-- Payments fully done: commit 2 of each lies in the window. Times in milliseconds, by the engine's clock.
select count(*),
       coalesce(percentile_disc(0.50) within group (order by took_ms), 0)::float8,
       coalesce(percentile_disc(0.99) within group (order by took_ms), 0)::float8,
       coalesce(percentile_disc(0.999) within group (order by took_ms), 0)::float8,
       coalesce(max(took_ms), 0)::float8
from (
    select extract(epoch from paid_at - created_at) * 1000 as took_ms
    from trade_order
    where state = 'Paid' and paid_at >= $1 and paid_at < $2
) as paid
