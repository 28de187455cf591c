-- compatible with: 16
-- outside a transaction
-- Which hold a posting placed, captured or released, for whoever reads the posting.
drop index concurrently if exists hold_change_posting;
create index concurrently hold_change_posting on hold_change (posting_id);
