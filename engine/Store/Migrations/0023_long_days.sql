-- compatible with: 16
-- What is asked all day long must not cost the more, the longer the day is.

-- The first day that has entries. Each partition is looked into for one row; the least date of all would read them whole.
create function first_entry_day() returns date language sql stable as $$
    select min(d.day)
    from (
        select to_date(right(c.relname, 8), 'YYYYMMDD') as day
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'entry'::regclass
    ) d
    cross join lateral (select from entry e where e.posting_date = d.day limit 1) e
$$;

-- What an account is and on which subject it hangs is for good: the days of the general ledger stand on it.
create function account_keeps_its_subject() returns trigger language plpgsql as $$
begin
    if (new.kind, new.currency, new.subject_code) is distinct from (old.kind, old.currency, old.subject_code) then
        raise exception 'account % keeps its kind, its currency and its subject; open another one', old.number using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;
create trigger keeps_its_subject before update of kind, currency, subject_code on account for each row execute function account_keeps_its_subject();

create function account_kind_keeps_its_subject() returns trigger language plpgsql as $$
begin
    if new.subject <> old.subject and exists (select from account where kind = old.kind) then
        raise exception 'there are accounts of the kind %, and they keep their subject', old.kind using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;
create trigger keeps_its_subject before update of subject on account_kind for each row execute function account_kind_keeps_its_subject();

-- Rows that are written once and found by their index: statistics and visibility of a few thousand new ones are worth no
-- pass over all partitions every few seconds. Vouchers and their lines likewise.
do $$
begin
    for part in 0..15 loop
        execute format('alter table ledger_request_%s set (autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_scale_factor = 2)', to_char(part, 'FM00'));
    end loop;
end
$$;

create or replace function ensure_voucher_day(day date) returns void language plpgsql as $$
declare
    suffix text := to_char(day, 'YYYYMMDD');
begin
    if to_regclass('voucher_line_' || suffix) is not null then
        return;
    end if;
    perform pg_advisory_xact_lock(hashtext('ensure_order_day'));
    if exists (select from pg_class where relname = 'voucher_line_' || suffix) then
        return;
    end if;
    execute format('create table %I (like voucher including defaults including constraints)', 'voucher_' || suffix);
    execute format('alter table %I set (autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_scale_factor = 2)', 'voucher_' || suffix);
    execute format('alter table voucher attach partition %I for values from (%L) to (%L)', 'voucher_' || suffix, day, day + 1);
    execute format('create unique index on %I (posting_id)', 'voucher_' || suffix);
    execute format('create unique index on %I (number)', 'voucher_' || suffix);
    execute format('create trigger final before update or delete on %I for each row execute function history_is_final()', 'voucher_' || suffix);
    execute format('create table %I (like voucher_line including defaults including constraints)', 'voucher_line_' || suffix);
    execute format('alter table %I set (autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_scale_factor = 2)', 'voucher_line_' || suffix);
    execute format('alter table voucher_line attach partition %I for values from (%L) to (%L)', 'voucher_line_' || suffix, day, day + 1);
    execute format('create index on %I using brin (posting_id) with (pages_per_range = 16)', 'voucher_line_' || suffix);
    execute format('create trigger final before update or delete on %I for each row execute function history_is_final()', 'voucher_line_' || suffix);
end
$$;
