-- name: status
select pg_xact_status($1::text::xid8);

-- A row carries the lower half of the id that wrote it.
-- name: has_written
select exists (select from order_step where trade_id = $1 and version = $2 and xmin = $3::text::xid8::xid);

-- name: has_posted
select exists (select from ledger_request where key = $1 and posting_id = $2 and xmin = $3::text::xid8::xid);
