with someone as (
    insert into customer (number, name, class, is_face_to_face, registered_by) values ('bench', 'Bench', 'III', true, 'bench') returning id
),
payers as (
    select open_ledger_account('bench-payer-' || i, 'Member', nextval('member_account_owner')::integer, 'CNY', 0, 0, (select id from someone), 'RealTime', false, 'bench')
    from generate_series(1, $1::integer) as i
),
merchants as (
    select open_ledger_account('bench-merchant-' || i, 'Merchant', 1000000 + i, 'CNY', 0, 0, null, 'RealTime', false, 'bench')
    from generate_series(1, $2::integer) as i
),
partners as (
    select open_ledger_account('bench-partner-' || i, 'Merchant', 2000000 + i, 'CNY', 0, 0, null, 'RealTime', false, 'bench')
    from generate_series(1, $3::integer) as i
)
select (select count(*) from payers), (select count(*) from merchants), (select count(*) from partners),
       open_ledger_account('bench-fees', 'FeeIncome', 1000000, 'CNY', 0, 0, null, 'RealTime', false, 'bench'),
       open_ledger_account('bench-bank', 'Bank', 1000000, 'CNY', -4611686018427387904, 0, null, 'RealTime', false, 'bench')
