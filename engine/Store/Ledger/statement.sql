-- Each row of an account as it stood when a day began, and its last entry so far: what is up to it never changes again.
-- name: rows
select r.id, r.number, r.currency, r.sequence,
       coalesce((select e.opening from entry e where e.account_id = r.id and e.posting_date >= $2 order by e.sequence limit 1), r.balance)
from (
    select a.id, a.number, a.currency, a.sequence, a.balance from account a where a.id = $1
    union all
    select a.id, a.number, a.currency, a.sequence, a.balance from account a where a.parent_id = $1
) r
order by r.number;

-- name: day
select day from ledger_day;

-- What moved on a day between the rows of an account, as they stood when it was begun to be read.
-- name: within
select coalesce(sum(least(p.debit, p.credit)), 0)::bigint
from (
    select coalesce(-sum(e.amount_minor) filter (where e.amount_minor < 0), 0) as debit,
           coalesce(sum(e.amount_minor) filter (where e.amount_minor > 0), 0) as credit
    from unnest($1::bigint[], $2::bigint[]) as r (id, last_sequence)
    join entry e on e.account_id = r.id and e.sequence <= r.last_sequence
    where e.posting_date = $3
    group by e.posting_id, e.order_id
) p;

-- name: entries
select e.account_id, e.sequence, e.posting_id, coalesce(e.order_id, 0), e.kind, e.opening, e.amount_minor, e.closing, v.number
from entry e left join voucher v on v.posting_id = e.posting_id and v.posting_date = e.posting_date
where e.posting_date = $2 and e.account_id = any($1)
order by e.account_id, e.sequence;
