with keys as (
    insert into raw_key (key, body_hash, posting_id) select 'bench-' || i, sha256(int8send(i)), i from generate_series($1, $2) as i returning posting_id
),
legs as (
    select i as posting_id, l.leg, case l.leg when 0 then 1 + i * 7919 % 10000 when 1 then 10001 + i * 31 % 100 when 2 then 10101 else 10102 + i % 10 end as account_id,
           case l.leg when 0 then -10000 when 1 then 9800 else 100 end as amount
    from generate_series($1, $2) as i cross join (values (0), (1), (2), (3)) as l (leg)
),
entries as (
    insert into raw_entry (account_id, sequence, posting_id, leg, amount, opening, closing, currency, posting_date, order_id, kind, tx)
    select l.account_id, a.sequence + 1, l.posting_id, l.leg, l.amount, a.balance, a.balance + l.amount, 'CNY', '2026-11-20', l.posting_id, 'Transfer', 1
    from legs l join raw_account a on a.id = l.account_id
)
update raw_account a set balance = a.balance + s.total, sequence = a.sequence + s.number
from (select account_id, sum(amount) as total, count(*) as number from legs group by account_id) s where a.id = s.account_id
