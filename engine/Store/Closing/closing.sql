-- What is to be closed: every day since the last closed one, or since the first entry, before the one that is posted on.
-- name: next_day
select d.day from (
    select coalesce((select max(day) + 1 from ledger_day_close), first_entry_day()) as day
) d
where d.day < (select day from ledger_day);

-- name: take_turn
select pg_try_advisory_xact_lock(hashtext('ledger_day_close'));

-- name: is_closable
select (select day from ledger_day) > $1
   and not exists (select from ledger_day_close where day >= $1)
   and coalesce((select max(day) + 1 from ledger_day_close), $1) = $1;

-- name: buffered_accounts
select distinct account_id from entry_pending where posting_date <= $1 order by account_id limit 500;

-- name: buffered
select count(*) from entry_pending where posting_date <= $1;

-- Sequences of the day are an unbroken piece of each account's chain, since days never go backwards in it.
-- name: close_accounts
insert into account_day (account_id, day, opening, debit, credit, closing, last_sequence)
select g.account_id, $1, lo.opening, g.debit, g.credit, hi.closing, g.last
from (
    select account_id, min(sequence) as first, max(sequence) as last,
           coalesce(-sum(amount_minor) filter (where amount_minor < 0), 0)::bigint as debit,
           coalesce(sum(amount_minor) filter (where amount_minor > 0), 0)::bigint as credit
    from entry_{day} group by account_id
) g
join entry_{day} lo on lo.account_id = g.account_id and lo.sequence = g.first
join entry_{day} hi on hi.account_id = g.account_id and hi.sequence = g.last;

-- An account whose first entry of the day does not follow its last one of a closed day.
-- name: torn
select count(*), min(a.number)
from account_day n
join account a on a.id = n.account_id
left join lateral (
    select p.closing, p.last_sequence from account_day p where p.account_id = n.account_id and p.day < n.day order by p.day desc limit 1
) p on true
where n.day = $1
  and (n.opening <> coalesce(p.closing, 0)
       or not exists (select from entry_{day} e where e.account_id = n.account_id and e.sequence = coalesce(p.last_sequence, 0) + 1));

-- name: sums
select a.currency, sum(n.debit)::bigint, sum(n.credit)::bigint
from account_day n join account a on a.id = n.account_id
where n.day = $1 group by a.currency order by a.currency;

-- name: without_voucher
select count(distinct e.posting_id), null, min(e.posting_id)
from entry_{day} e
where not exists (select from voucher v where v.posting_date = $1 and v.posting_id = e.posting_id);

-- Ledger and general ledger, subject by subject: what each moved on the day.
-- name: general_ledger
select count(*), min(coalesce(l.subject, g.subject) || ' ' || coalesce(l.currency, g.currency))
from (
    select coalesce(a.subject_code, k.subject) as subject, a.currency, sum(n.credit - n.debit) as moved
    from account_day n
    join account a on a.id = n.account_id
    join account_kind k on k.kind = a.kind
    where n.day = $1
    group by coalesce(a.subject_code, k.subject), a.currency
) l
full join (select subject, currency, credit - debit as moved from gl_day where day = $1) g on g.subject = l.subject and g.currency = l.currency
where coalesce(l.moved, 0) <> coalesce(g.moved, 0);

-- What makes up the balances of transit and suspense at the end of the day: what was open before, and what the day moved.
-- name: transit_items
insert into transit_item (account_id, order_id, day, amount_minor, since)
select i.account_id, i.order_id, $1, sum(i.amount_minor)::bigint, min(i.since)
from (
    select t.account_id, t.order_id, t.amount_minor, t.since
    from transit_item t where t.day = (select max(day) from ledger_day_close where day < $1)
    union all
    select coalesce(a.parent_id, a.id), coalesce(e.order_id, e.posting_id), e.amount_minor, e.posting_date
    from account a join entry_{day} e on e.account_id = a.id
    where a.kind in ('Transit', 'Suspense')
) i
group by i.account_id, i.order_id having sum(i.amount_minor) <> 0;

-- An item is explained while its order is under way, or a person has it on a list; and when it has been cleared since, as
-- that of a refund that was under way when the day turned and has come to its end before the day is closed.
-- name: unexplained
with open as materialized (
    select t.account_id, t.order_id, t.amount_minor, a.number
    from transit_item t
    join account a on a.id = t.account_id
    where t.day = $1
      and not exists (select from ({Ledger/transit.under_way}) u where u.order_id = t.order_id)
),
part as materialized (
    select distinct o.account_id, o.account_id as row_id from open o
    union all
    select a.parent_id, a.id from account a where a.parent_id in (select o.account_id from open o)
),
since as (
    select p.account_id, l.order_id, sum(l.amount_minor) as amount_minor
    from part p
    cross join lateral (
        select coalesce(e.order_id, e.posting_id) as order_id, e.amount_minor from entry e where e.account_id = p.row_id and e.posting_date > $1
        union all
        select w.order_id, w.amount_minor from entry_pending w where w.account_id = p.row_id and w.posting_date > $1
    ) l
    group by p.account_id, l.order_id
)
select count(*), (array_agg(o.number order by o.number, o.order_id))[1], (array_agg(o.order_id order by o.number, o.order_id))[1]
from open o
left join since s on s.account_id = o.account_id and s.order_id = o.order_id
where o.amount_minor + coalesce(s.amount_minor, 0) <> 0;

-- name: counts
select count(*), count(distinct posting_id), (select count(*) from voucher where posting_date = $1) from entry_{day};

-- name: previous
select digest from ledger_day_close where day < $1 order by day desc limit 1;

-- Every entry of the day in one order, as it is hashed.
-- name: content
copy (select account_id, sequence, posting_id, leg, amount_minor, opening, closing, currency, order_id, kind
      from entry_{day} order by account_id, sequence) to stdout (format binary);

-- name: certify
insert into ledger_day_close (day, closed_by, entries, postings, vouchers, sums, digest, previous, certificate)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: forget_refusals
delete from ledger_day_refusal where day = $1;

-- name: refuse
insert into ledger_day_refusal (day, reason, detail)
select $1, u.reason, u.detail from unnest($2::text[], $3::text[]) as u (reason, detail)
on conflict (day, reason) do update set detail = excluded.detail, refused_at = now();

-- name: certified
select day, digest, previous from ledger_day_close order by day;

-- name: days
select d.day, c.closed_at, c.closed_by, c.entries, c.postings, c.vouchers, c.certificate::text, c.digest, c.previous,
       array(select r.reason from ledger_day_refusal r where r.day = d.day order by r.reason),
       array(select r.detail from ledger_day_refusal r where r.day = d.day order by r.reason)
from (
    select day from ledger_day_close
    union
    select generate_series(
        coalesce((select max(day) + 1 from ledger_day_close), first_entry_day(), (select day from ledger_day)),
        (select day from ledger_day), interval '1 day')::date
) d
left join ledger_day_close c on c.day = d.day
where ($1::date is null or d.day < $1)
order by d.day desc limit $2;

-- name: today
select day from ledger_day;
