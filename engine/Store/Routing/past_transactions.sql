-- Days that have partitions.
-- name: days
select d::date
from generate_series($1::timestamp, $2::timestamp, interval '1 day') as d
where to_regclass('payment_order_' || to_char(d, 'YYYYMMDD')) is not null
order by d;

-- name: count
select count(*) from payment_order_{day} where kind = 'payment' and created_at >= $1 and created_at < $2;

-- Every $3rd payment of the time: places, because ids of trades follow each other in the rhythm of what lies between.
-- name: first_choices
select p.trade_id, p.method, p.created_at, m.number, t.merchant_order_no, t.currency, t.payer, i.amount_minor,
       i.payer_account, c.code, o.state, i.elements
from (
    select trade_id, id, method, created_at, row_number() over (order by trade_id, id) as place
    from payment_order_{day}
    where kind = 'payment' and created_at >= $1 and created_at < $2
) p
join trade_order_{day} t on t.id = p.trade_id
join merchant m on m.id = t.merchant_id
join payment_instruction_{day} i on i.trade_id = p.trade_id and i.payment_id = p.id
left join institution_order_{day} o
    on o.trade_id = i.trade_id and o.instruction_id = i.id and o.part = 1 and o.reroute_of is null
left join channel c on c.id = o.channel_id
where p.place % $3 = 0
order by p.trade_id, p.id, i.id;
