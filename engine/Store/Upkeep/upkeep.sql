-- Days that orders and entries will need, created before anybody asks.
-- name: ensure_days
select ensure_order_day(d::date), ensure_entry_day(d::date)
from generate_series($1::date, $2::date, interval '1 day') as d;

-- Bodies of answers are kept for a time; keys for good.
-- name: old_answers
select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
where i.inhparent = 'order_step'::regclass and right(c.relname, 8) between $1 and $2 order by c.relname;
