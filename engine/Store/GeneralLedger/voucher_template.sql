-- name: in_force
select distinct on (kind) kind, version, lines from voucher_template where approved_by is not null order by kind, version desc;

-- name: all
select kind, version, lines, made_by, made_at, approved_by, approved_at from voucher_template
where $1::text is null or kind = $1 order by kind, version desc;

-- Two people at once get two numbers: the kind is locked while its next number is taken.
-- name: lock
select pg_advisory_xact_lock(hashtext('voucher_template'));

-- name: add
insert into voucher_template (kind, version, lines, made_by)
select $1, coalesce(max(version), 0) + 1, $2::jsonb, $3 from voucher_template where kind = $1
returning kind, version, lines, made_by, made_at, approved_by, approved_at;

-- name: approve
update voucher_template set approved_by = $3, approved_at = now()
where kind = $1 and version = $2 and approved_by is null and made_by <> $3
returning kind, version, lines, made_by, made_at, approved_by, approved_at;

-- name: one
select kind, version, lines, made_by, made_at, approved_by, approved_at from voucher_template where kind = $1 and version = $2;
