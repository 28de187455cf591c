-- The fee as it was taken, on the account's row or still in its buffer.
-- name: find
select p.posting_date,
       (coalesce((
           select sum(e.amount_minor) from entry e join account a on a.id = e.account_id
           where e.posting_id = p.id and e.posting_date = p.posting_date and a.kind = 'FeeIncome'), 0)
       + coalesce((
           select sum(b.amount_minor) from entry_pending b join account a on a.id = b.account_id
           where b.posting_id = p.id and a.kind = 'FeeIncome'), 0))::bigint,
       (select day from ledger_day)
from posting p
where p.order_id = $1 and p.kind = 'Payment';
