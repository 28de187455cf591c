-- Vouchers are made by whoever holds the mark, so that one node works at a time; that there is one of each posting is
-- the index's word, not the mark's.

-- name: peek
select m.tx, pg_snapshot_xmin(pg_current_snapshot())::text::bigint, pg_snapshot_xmax(pg_current_snapshot())::text::bigint, l.day
from voucher_mark m cross join ledger_day l;

-- name: take_mark
select tx from voucher_mark for update skip locked;

-- name: await_mark
select tx from voucher_mark for update;

-- name: move_mark
update voucher_mark set tx = $1;

-- A database that was restored from a dump counts its transactions anew, and knows those of its former life no more.
-- name: reset_mark
update voucher_mark set tx = 0 where tx > pg_snapshot_xmax(pg_current_snapshot())::text::bigint;

-- The days whose entries may still lack vouchers. A partition of a coming day is empty.
-- name: open_days
select d.day
from (
    select to_date(right(c.relname, 8), 'YYYYMMDD') as day
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'entry'::regclass
) d
where d.day <= $1 and not exists (select from ledger_day_close x where x.day = d.day)
order by d.day;

-- name: ensure_day
select ensure_voucher_day($1);

-- A leg stands in the buffer or is booked: one statement sees it once, wherever it goes meanwhile.
-- name: legs
select l.posting_id, l.leg, l.amount_minor, l.currency, l.tx, l.kind, l.order_id, l.account_id
from (
    select e.posting_id, e.leg, e.amount_minor, e.currency, e.tx, e.kind, e.order_id, e.account_id
    from entry_{day} e where e.tx >= $1 and e.tx < $2
    union all
    select p.posting_id, p.leg, p.amount_minor, p.currency, p.tx, p.kind, p.order_id, p.account_id
    from entry_pending p where p.posting_date = $3 and p.tx >= $1 and p.tx < $2
) l
limit $4;

-- name: first
select min(l.tx)
from (
    select e.tx from entry_{day} e where e.tx >= $1 and e.tx < $2
    union all
    select p.tx from entry_pending p where p.posting_date = $3 and p.tx >= $1 and p.tx < $2
) l;

-- Made by name already, or known to fail.
-- name: settled
select v.posting_id from voucher_{day} v where v.posting_id = any($1)
union all
select f.posting_id from voucher_failure f where f.posting_id = any($1);

-- name: legs_of
select l.posting_id, l.leg, l.amount_minor, l.currency, l.tx, l.kind, l.order_id, l.account_id
from (
    select e.posting_id, e.leg, e.amount_minor, e.currency, e.tx, e.kind, e.order_id, e.account_id
    from entry_{day} e where e.posting_id between $2 and $3
    union all
    select p.posting_id, p.leg, p.amount_minor, p.currency, p.tx, p.kind, p.order_id, p.account_id
    from entry_pending p where p.posting_date = $4 and p.posting_id between $2 and $3
) l
where l.posting_id = any($1) and not exists (select from voucher_{day} v where v.posting_id = l.posting_id);

-- name: accounts
select a.id, a.kind, coalesce(a.subject_code, k.subject), coalesce(a.parent_id, a.id) from account a join account_kind k on k.kind = a.kind where a.id = any($1);

-- Entries of an older version do not say what they are of; their postings do.
-- name: postings
select p.id, p.kind, p.order_id from posting p where p.posting_date = $1 and p.id = any($2);

-- name: missing
select distinct l.posting_id
from (
    select e.posting_id from entry_{day} e where e.posting_id > $1
    union all
    select p.posting_id from entry_pending p where p.posting_date = $2 and p.posting_id > $1
) l
where not exists (select from voucher_{day} v where v.posting_id = l.posting_id)
  and not exists (select from voucher_failure f where f.posting_id = l.posting_id)
order by l.posting_id
limit $3;

-- name: backlog
select count(distinct l.posting_id) filter (where f.posting_id is null), count(distinct f.posting_id)
from (
    select e.posting_id from entry_{day} e
    union all
    select p.posting_id from entry_pending p where p.posting_date = $1
) l
left join voucher_failure f on f.posting_id = l.posting_id
where not exists (select from voucher_{day} v where v.posting_id = l.posting_id);

-- name: number
insert into gl_count as c (day, number) values ($1, $2)
on conflict (day) do update set number = c.number + excluded.number
returning number;

-- name: insert_vouchers
copy voucher_{day} (posting_id, posting_date, number, kind, template_version, order_id) from stdin (format binary)

-- name: insert_lines
copy voucher_line_{day} (posting_id, posting_date, line, side, subject, amount_minor, currency, summary) from stdin (format binary)

-- name: add_up
insert into gl_day as g (day, subject, currency, debit, credit)
select $1, u.subject, u.currency, u.debit, u.credit
from unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[]) as u (subject, currency, debit, credit)
order by u.subject, u.currency
on conflict (day, subject, currency) do update set debit = g.debit + excluded.debit, credit = g.credit + excluded.credit;

-- Ranges of blocks that are full are told to the indexes; until then every look-up would read them. Who does it takes no
-- lock that traffic would feel. An index that is not there is passed over.
-- name: summarise_entries
with range as (
    select b from generate_series($1::bigint, pg_relation_size('entry_{day}') / current_setting('block_size')::bigint / 16 * 16 - 16, 16) as b
)
select coalesce(max(r.b) + 16, $1)
from range r
cross join lateral (
    select brin_summarize_range(to_regclass('entry_{day}_tx_idx'), r.b), brin_summarize_range(to_regclass('entry_{day}_posting_id_idx'), r.b)) s;

-- name: summarise_lines
with range as (
    select b from generate_series($1::bigint, pg_relation_size('voucher_line_{day}') / current_setting('block_size')::bigint / 16 * 16 - 16, 16) as b
)
select coalesce(max(r.b) + 16, $1)
from range r
cross join lateral (select brin_summarize_range(to_regclass('voucher_line_{day}_posting_id_idx'), r.b)) s;
