-- compatible with: 16
-- The digest of a closed day is over its entries. Who closed it, when, and what he let pass has a seal, over the seal of the
-- day before. The database makes it, so that a day has one whichever version closes it; those that are closed already are
-- sealed as they stand.
create function ledger_day_seal(before bytea, digest bytea, closed_at timestamptz, certificate jsonb) returns bytea language sql stable as $$
    select sha256(coalesce(before, '') || digest || convert_to(extract(epoch from closed_at) || ' ' || certificate, 'UTF8'))
$$;

alter table ledger_day_close add column seal bytea check (length(seal) = 32);
alter table ledger_day_close disable trigger final;
do $$
declare
    closed record;
    before bytea;
begin
    for closed in select day, digest, closed_at, certificate from ledger_day_close order by day loop
        update ledger_day_close set seal = ledger_day_seal(before, closed.digest, closed.closed_at, closed.certificate)
        where day = closed.day returning seal into before;
    end loop;
end
$$;
alter table ledger_day_close enable trigger final;
alter table ledger_day_close add constraint ledger_day_close_sealed check (seal is not null) not valid;

create function seal_ledger_day() returns trigger language plpgsql as $$
begin
    new.seal := ledger_day_seal(
        (select seal from ledger_day_close where day < new.day order by day desc limit 1), new.digest, new.closed_at, new.certificate);
    return new;
end
$$;
create trigger sealed before insert on ledger_day_close for each row execute function seal_ledger_day();
