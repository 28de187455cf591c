-- Creates the partitions of a day. Attaching takes no lock that traffic would feel, unlike CREATE … PARTITION OF.
create function ensure_order_day(day date) returns void language plpgsql as $$
declare
    suffix text := to_char(day, 'YYYYMMDD');
    lowest bigint := (day - date '2020-01-01')::bigint << 47;
    highest bigint := (day + 1 - date '2020-01-01')::bigint << 47;
    parent text;
    partition text;
begin
    if to_regclass('posting_' || suffix) is not null then
        return;
    end if;
    -- Held to the end of the transaction: two nodes that need the same day create it once.
    perform pg_advisory_xact_lock(hashtext('ensure_order_day'));
    -- Asked of the table: to_regclass may answer from a cache that remembers what was missing before the lock.
    if exists (select from pg_class where relname = 'posting_' || suffix) then
        return;
    end if;
    foreach parent in array array['trade_order', 'payment_order', 'payment_instruction', 'institution_order', 'order_step', 'posting'] loop
        partition := parent || '_' || suffix;
        if to_regclass(partition) is null then
            execute format('create table %I (like %I including defaults including constraints)', partition, parent);
            if parent in ('trade_order', 'payment_order', 'payment_instruction', 'institution_order') then
                execute format('alter table %I set (fillfactor = 60)', partition);
            end if;
            -- Rows are written once or updated once in place: vacuuming after every fifth of new rows would read the day again and again.
            execute format('alter table %I set (autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_scale_factor = 0.5)', partition);
            execute format('alter table %I attach partition %I for values from (%s) to (%s)', parent, partition, lowest, highest);
        end if;
    end loop;
    execute format('create unique index on %I (number)', 'institution_order_' || suffix);
end
$$;

create function ensure_entry_day(day date) returns void language plpgsql as $$
declare
    partition text := 'entry_' || to_char(day, 'YYYYMMDD');
begin
    if to_regclass(partition) is not null then
        return;
    end if;
    perform pg_advisory_xact_lock(hashtext('ensure_order_day'));
    if exists (select from pg_class where relname = partition) then
        return;
    end if;
    execute format('create table %I (like entry including defaults including constraints)', partition);
    execute format('alter table %I set (autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_scale_factor = 0.5)', partition);
    execute format('alter table entry attach partition %I for values from (%L) to (%L)', partition, day, day + 1);
    execute format('create unique index on %I (account_id, sequence)', partition);
    execute format('create index on %I using brin (posting_id) with (pages_per_range = 16)', partition);
    execute format('create trigger balance after insert on %I referencing new table as written for each statement execute function entries_balance()', partition);
    execute format('create trigger final before update or delete on %I for each row execute function history_is_final()', partition);
    execute format('create trigger whole before truncate on %I for each statement execute function history_is_final()', partition);
end
$$;

-- A block of numbers [taken, taken + amount) of a scope and day. The orders' own ids come from scope 'order'; their
-- partitions exist before the first id of a day leaves the database.
create function take_numbers(wanted_scope text, wanted_day date, amount bigint) returns bigint language plpgsql as $$
declare
    taken bigint;
begin
    if wanted_scope = 'order' then
        perform ensure_order_day(wanted_day);
    end if;
    insert into number_range as r (scope, day, next) values (wanted_scope, wanted_day, amount + 1)
    on conflict (scope, day) do update set next = r.next + amount
    returning next - amount into taken;
    return taken;
end
$$;
