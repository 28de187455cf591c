select count(*), coalesce(max(entries), 0), coalesce(extract(epoch from max(closed_at)), 0)::double precision from ledger_day_close where day = $1::date
