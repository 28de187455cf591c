-- The business keys of postings that belong to an order.
-- name: claim
insert into posting_{day} (order_id, kind, id, posting_date, posted_at)
select u.order_id, u.kind, u.id, (select day from ledger_day), now()
from unnest($1::bigint[], $2::text[], $3::bigint[]) as u (order_id, kind, id)
on conflict do nothing;

-- name: contested
select u.ordinal::integer as ordinal
from unnest($1::bigint[], $2::text[], $3::bigint[]) with ordinality as u (order_id, kind, id, ordinal)
join posting_{day} p on p.order_id = u.order_id and p.kind = u.kind
where p.id <> u.id;

-- name: give_back
delete from posting_{day} p using unnest($1::bigint[], $2::text[], $3::bigint[]) as u (order_id, kind, id)
where p.order_id = u.order_id and p.kind = u.kind and p.id = u.id;

-- name: of_orders
select p.kind, p.order_id, e.sequence, e.amount_minor, e.opening, e.closing, e.currency, e.posting_date, a.number, a.subject
from posting p
join entry e on e.posting_id = p.id and e.posting_date = p.posting_date
join account a on a.id = e.account_id
where p.order_id = any($1)
order by p.posted_at, p.id, e.leg;

-- What a posting moved, per account. A posting is never dated before the day of its id, less one for clocks.
-- name: legs
select min(e.kind), coalesce(p.number, a.number), sum(e.amount_minor)::bigint, e.currency, e.order_id
from (
    select account_id, amount_minor, currency, coalesce(kind, 'Payment') as kind, coalesce(order_id, posting_id) as order_id
    from entry where posting_id = $1 and posting_date >= $2
    union all
    select account_id, amount_minor, currency, kind, order_id from entry_pending where posting_id = $1
) e
join account a on a.id = e.account_id
left join account p on p.id = a.parent_id
group by coalesce(p.number, a.number), e.currency, e.order_id
having sum(e.amount_minor) <> 0
order by 3, 2;
