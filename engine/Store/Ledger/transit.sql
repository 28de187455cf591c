-- Orders that go on by themselves, or that a person has on a list: what is open for one of them will be cleared by what
-- happens to it. Days are closed by this, and items told. Whatever goes on has a timer or stands on the work list (the
-- audit sees to it), so what is looked at is what is open, and never the orders of all days: the offset keeps it so.
-- name: under_way
select o.order_id
from (
    select t.trade_id from timer t where t.kind in ('Dispatch', 'Query', 'Posting')
    union
    select w.trade_id from work_item w
) waiting
cross join lateral (
    select p.id as order_id from payment_order p where p.trade_id = waiting.trade_id and p.state in ('Processing', 'AwaitingPosting')
    union all
    select i.id from institution_order i where i.trade_id = waiting.trade_id and i.state not in ('Succeeded', 'Failed')
    offset 0
) o
union all
select d.order_id from difference d where d.closed_at is null
union all
select w.order_id from work_item w;

-- What makes up the balance of a transit account: what was open when a day closed last, and all that came since.
-- name: items
with rows as (
    select a.id from account a where a.id = $1
    union all
    select a.id from account a where a.parent_id = $1
),
closed as (select coalesce(max(c.day), date '2020-01-01') as day from ledger_day_close c),
parts as (
    select t.order_id as item, t.amount_minor, t.since
    from transit_item t
    where t.day = (select day from closed) and t.account_id in (select id from rows)
    union all
    select coalesce(nullif(e.order_id, 0), e.posting_id), e.amount_minor, e.posting_date
    from entry e
    where e.account_id in (select id from rows) and e.posting_date > (select day from closed)
    union all
    select coalesce(nullif(e.order_id, 0), e.posting_id), e.amount_minor, e.posting_date
    from entry_pending e
    where e.account_id in (select id from rows)
)
select i.item, i.amount_minor, i.since, i.item in (select u.order_id from ({Ledger/transit.under_way}) u)
from (
    select p.item, sum(p.amount_minor)::bigint as amount_minor, min(p.since) as since
    from parts p
    where p.item > $2
    group by p.item
    having sum(p.amount_minor) <> 0
    order by p.item
    limit $3
) i
order by i.item;

-- How items stand that somebody names with an account: what is open of each, where the account has items at all; whether
-- its order is under way; and whether anything is known here of what it numbers.
-- name: standing
with asked as (
    select distinct a.number, a.id, u.item, a.kind in ('Transit', 'Suspense') as has_items
    from unnest($1::text[], $2::bigint[]) as u (number, item)
    join account a on a.number = u.number
),
closed as (select coalesce(max(c.day), date '2020-01-01') as day from ledger_day_close c),
parts as (
    select q.id, q.item, t.amount_minor
    from asked q
    join transit_item t on t.day = (select day from closed) and t.account_id = q.id and t.order_id = q.item
    where q.has_items
    union all
    select q.id, q.item, e.amount_minor
    from asked q
    join account a on a.id = q.id or a.parent_id = q.id
    join entry e on e.account_id = a.id and coalesce(nullif(e.order_id, 0), e.posting_id) = q.item
    where q.has_items and e.posting_date > (select day from closed)
    union all
    select q.id, q.item, e.amount_minor
    from asked q
    join account a on a.id = q.id or a.parent_id = q.id
    join entry_pending e on e.account_id = a.id and coalesce(nullif(e.order_id, 0), e.posting_id) = q.item
    where q.has_items
),
open as (
    select q.number, q.item, q.has_items,
           coalesce((select sum(p.amount_minor) from parts p where p.id = q.id and p.item = q.item), 0)::bigint as amount_minor
    from asked q
)
select s.number, s.item, s.open_minor, s.is_under_way,
       s.is_under_way or s.amount_minor <> 0
           or exists (select from posting p where p.order_id = s.item)
           or exists (select from trade_order t where t.id = s.item)
from (
    select o.number, o.item, o.amount_minor, case when o.has_items then o.amount_minor end as open_minor,
           o.item in (select u.order_id from ({Ledger/transit.under_way}) u) as is_under_way
    from open o
) s;

-- On which side items were opened that somebody names with an account: the first of each that was booked. Days before that
-- of its number have nothing of an item, less one for clocks.
-- name: sides
select distinct on (a.number, e.item) a.number, e.item, sign(e.amount_minor)::integer
from unnest($1::text[], $2::bigint[]) as u (number, item)
join account a on a.number = u.number
join account r on r.id = a.id or r.parent_id = a.id
cross join lateral (
    select coalesce(nullif(e.order_id, 0), e.posting_id) as item, e.posting_date, e.tx, e.posting_id, e.amount_minor
    from entry e where e.account_id = r.id and e.posting_date between $3 and $4
    union all
    select coalesce(nullif(e.order_id, 0), e.posting_id), e.posting_date, e.tx, e.posting_id, e.amount_minor
    from entry_pending e where e.account_id = r.id
) e
where e.item = u.item
order by a.number, e.item, e.posting_date, e.tx nulls first, e.posting_id;

-- The postings that opened items on a day: the first of each that touched it.
-- name: opened
with rows as (
    select a.id from account a where a.id = $1
    union all
    select a.id from account a where a.parent_id = $1
)
select o.item, min(o.posting_id)
from (
    select coalesce(nullif(e.order_id, 0), e.posting_id) as item, e.posting_id
    from entry e
    where e.account_id in (select id from rows) and e.posting_date = $2
    union all
    select coalesce(nullif(e.order_id, 0), e.posting_id), e.posting_id
    from entry_pending e
    where e.account_id in (select id from rows) and e.posting_date = $2
) o
where o.item = any($3)
group by o.item;
