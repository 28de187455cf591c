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
select p.item, sum(p.amount_minor)::bigint, min(p.since)
from parts p
where p.item > $2
group by p.item
having sum(p.amount_minor) <> 0
order by p.item
limit $3;

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
