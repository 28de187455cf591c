-- Tables that have a partition for each day of the ids in them. A later migration adds its own by a row.
create table day_table (
    name        text primary key,
    -- Room on each page for the updates that its rows will get.
    fill_factor integer not null check (fill_factor between 10 and 100),
    -- Of each partition, beside what the parent says; %I is its name.
    index_sql   text
);

insert into day_table (name, fill_factor, index_sql) values
    ('trade_order', 60, null),
    ('payment_order', 60, null),
    ('payment_instruction', 60, null),
    ('institution_order', 60, 'create unique index on %I (number)'),
    ('order_step', 100, null),
    ('posting', 100, null);

-- Creates the partitions of a day. Attaching takes no lock that traffic would feel, unlike CREATE … PARTITION OF.
create function ensure_order_day(day date) returns void language plpgsql as $$
declare
    suffix text := to_char(day, 'YYYYMMDD');
    lowest bigint := (day - date '2020-01-01')::bigint << 47;
    highest bigint := (day + 1 - date '2020-01-01')::bigint << 47;
    parent day_table;
    partition text;
begin
    if not exists (select from day_table t where to_regclass(t.name || '_' || suffix) is null) then
        return;
    end if;
    -- Held to the end of the transaction: two nodes that need the same day create it once.
    perform pg_advisory_xact_lock(hashtext('ensure_order_day'));
    for parent in select * from day_table loop
        partition := parent.name || '_' || suffix;
        -- Asked of the table: to_regclass may answer from a cache that remembers what was missing before the lock.
        continue when exists (select from pg_class where relname = partition);
        execute format('create table %I (like %I including defaults including constraints)', partition, parent.name);
        -- Rows are written once and updated once or twice in place: vacuuming after every fifth of new rows would read the day again and again.
        execute format(
            'alter table %I set (fillfactor = %s, autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_scale_factor = 0.5)',
            partition, parent.fill_factor);
        execute format('alter table %I attach partition %I for values from (%s) to (%s)', parent.name, partition, lowest, highest);
        if parent.index_sql is not null then
            execute format(parent.index_sql, partition);
        end if;
    end loop;
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
