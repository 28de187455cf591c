with held as (select pg_advisory_xact_lock(hashtext('ledger_day')))
update ledger_day set day = day + 1 from held returning day - 1
