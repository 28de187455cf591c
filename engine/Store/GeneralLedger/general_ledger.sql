-- What finance reads.

-- Before is the sum of all days before: debit less credit turns on the side of the subject.
-- name: movements
select g.subject, g.currency,
       coalesce(sum(g.debit) filter (where g.day < $1), 0)::bigint, coalesce(sum(g.credit) filter (where g.day < $1), 0)::bigint,
       coalesce(sum(g.debit) filter (where g.day = $1), 0)::bigint, coalesce(sum(g.credit) filter (where g.day = $1), 0)::bigint
from gl_day g
where g.day <= $1
group by g.subject, g.currency
order by g.currency, g.subject;

-- name: vouchers
select v.posting_id, v.posting_date, v.number, v.kind, v.template_version, v.order_id, v.made_at
from voucher v
where v.posting_date = $1 and v.number > $2
order by v.number
limit $3;

-- name: has_moved
select exists (select from gl_day g where g.day = $1 and g.subject like $2 || '%');

-- The next vouchers of a day, as far as they are gone through for a subject.
-- name: stretch
select max(v.number), min(v.posting_id), max(v.posting_id)
from (select number, posting_id from voucher where posting_date = $1 and number > $2 order by number limit $3) v;

-- Lines have no index by subject: it would be nearly as large as they are, and they would be written at a third of the pace.
-- A stretch of vouchers is found by their postings.
-- name: of_subject
select v.posting_id, v.posting_date, v.number, v.kind, v.template_version, v.order_id, v.made_at
from voucher v
where v.posting_date = $1 and v.number > $2 and v.number <= $3
  and exists (
      select from voucher_line l
      where l.posting_date = $1 and l.posting_id between $4 and $5 and l.posting_id = v.posting_id and l.subject like $6 || '%')
order by v.number
limit $7;

-- name: lines
select l.posting_id, l.line, l.side, l.subject, l.amount_minor, l.currency, l.summary
from voucher_line l
where l.posting_date = $1 and l.posting_id between $2 and $3 and l.posting_id = any($4)
order by l.posting_id, l.line;

-- name: voucher
select v.posting_id, v.posting_date, v.number, v.kind, v.template_version, v.order_id, v.made_at
from voucher v
where v.posting_id = $1;

-- What the ledger moved in postings that have a voucher, and what the general ledger says of them. Both are of one
-- moment, so that it is exact while postings and vouchers go on.
-- name: agreement
with ledger as (
    select coalesce(a.subject_code, k.subject) as subject, l.currency, sum(l.amount) as amount
    from (
        select l.account_id, l.currency, sum(l.amount_minor) as amount
        from (
            select e.account_id, e.posting_id, e.currency, e.amount_minor from entry_{day} e
            union all
            select p.account_id, p.posting_id, p.currency, p.amount_minor from entry_pending p where p.posting_date = $1
        ) l
        where exists (select from voucher_{day} v where v.posting_id = l.posting_id)
        group by l.account_id, l.currency
    ) l
    join account a on a.id = l.account_id
    join account_kind k on k.kind = a.kind
    group by 1, 2
)
select coalesce(l.subject, g.subject), coalesce(l.currency, g.currency), coalesce(l.amount, 0)::bigint, coalesce(g.credit - g.debit, 0)::bigint
from ledger l
full join (select * from gl_day where day = $1) g on g.subject = l.subject and g.currency = l.currency
where coalesce(l.amount, 0) <> coalesce(g.credit - g.debit, 0)
order by 1, 2;

-- name: open_days
select c.day, c.number from gl_count c where not exists (select from ledger_day_close x where x.day = c.day) order by c.day;
