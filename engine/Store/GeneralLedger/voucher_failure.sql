-- Once, however often it is tried; somebody is told each time.
-- name: note
with noted as (
    insert into voucher_failure as f (posting_id, posting_date, kind, reason)
    select u.posting_id, $1, u.kind, u.reason
    from unnest($2::bigint[], $3::text[], $4::text[]) as u (posting_id, kind, reason)
    on conflict (posting_id) do update set reason = excluded.reason, failed_at = now(), attempts = f.attempts + 1
    returning f.posting_id, f.kind, f.reason
),
named as (
    select n.posting_id, n.kind, n.reason, u.number
    from noted n join unnest($2::bigint[], $5::text[]) as u (posting_id, number) on u.posting_id = n.posting_id
)
insert into alert_signal (kind, severity, subject, text, times, at)
select 'voucher_failed', 'Warning', n.kind,
       format('No voucher can be made of posting %s: %s. Mend the template of %s and have it redone.', (array_agg(n.number order by n.posting_id))[1],
              (array_agg(n.reason order by n.posting_id))[1], n.kind),
       count(*), now()
from named n
group by n.kind;

-- name: settle
delete from voucher_failure where posting_id = any($1);

-- name: of_posting
select posting_id, posting_date from voucher_failure where posting_id = $1;

-- name: of_kind
select posting_id, posting_date from voucher_failure where kind = $1 and posting_id > $2 order by posting_id limit $3;

-- name: list
select posting_id, posting_date, kind, reason, failed_at, attempts from voucher_failure where posting_id > $1 order by posting_id limit $2;
