-- compatible with: 16
-- So many sub-accounts, if there are fewer; none is ever taken away. They have the status of their account, and numbers
-- that no other account has.
create or replace function add_shards(of_account bigint, wanted integer) returns void language sql as $$
    insert into account (number, parent_id, kind, owner_id, currency, subject, status, floor, customer_id)
    select free.number, a.id, a.kind, a.owner_id, a.currency, a.subject, a.status,
           case when k.of_customers then 0 else a.floor end, a.customer_id
    from account a
    join account_kind k on k.kind = a.kind
    cross join lateral (
        select n.number
        from generate_series(1, 999) as shard
        cross join lateral (select a.number || '.' || to_char(shard, 'FM900') as number) n
        where not exists (select from account o where o.number = n.number)
        order by shard
        limit greatest(0, wanted - (select count(*) from account s where s.parent_id = a.id))
    ) free
    where a.id = of_account
$$;
