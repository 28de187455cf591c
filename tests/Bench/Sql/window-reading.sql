-- Counters whose differences over a window are what the payments in it have cost.
select clock_timestamp(),
       tup_inserted + tup_updated + tup_deleted,
       pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint
from pg_stat_database
where datname = current_database()
