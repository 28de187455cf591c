-- The legs of postings, those also that are buffered still and have no sequence yet.
-- name: legs
select e.posting_id, e.posting_date, e.leg, coalesce(p.number, a.number), a.number, e.currency, e.amount_minor, e.sequence, e.opening, e.closing,
       coalesce(e.order_id, 0), e.kind
from entry e join account a on a.id = e.account_id left join account p on p.id = a.parent_id
where e.posting_id = any($1) and e.posting_date between $2 and $3
union all
select e.posting_id, e.posting_date, e.leg, coalesce(p.number, a.number), a.number, e.currency, e.amount_minor, null, null, null, e.order_id, e.kind
from entry_pending e join account a on a.id = e.account_id left join account p on p.id = a.parent_id
where e.posting_id = any($1)
order by 1, 3;

-- What is known of a posting beside its legs.
-- name: facts
select q.key, q.kind, q.narrative, q.made_by, q.posted_at, q.posting_date,
       (select r.reversed_id from ledger_reversal r where r.posting_id = $1),
       (select r.posting_id from ledger_reversal r where r.reversed_id = $1),
       (select a.id from adjustment a where a.posting_id = $1),
       (select v.number from voucher v where v.posting_id = $1 and v.posting_date = coalesce(q.posting_date, $2)),
       (select c.hold_id from hold_change c where c.posting_id = $1 order by c.ordinal limit 1)
from (select 1) one left join ledger_request q on q.posting_id = $1;

-- The postings of an order, of the orders of a trade, and of an adjustment.
-- name: of_order
select p.id, p.posting_date from posting p
where p.order_id = any(array(
    select $1
    union all select o.id from payment_order o where o.trade_id = $1
    union all select o.id from institution_order o where o.trade_id = $1))
union
select a.posting_id, a.posting_date from adjustment a where a.id = $1 and a.posting_id is not null
order by 1;
