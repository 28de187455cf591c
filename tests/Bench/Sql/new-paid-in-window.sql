-- New payments that were paid in the window; the backlog's orders are older.
select count(*) from trade_order where id > $1 and state = 'Paid' and paid_at >= $2 and paid_at < $3
