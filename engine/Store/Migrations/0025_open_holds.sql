-- compatible with: 16
-- outside a transaction
-- A hold keeps until when it was promised, also when nothing of it is left; what expires is looked for among the others.
-- Versions before this one emptied expires_at then, and look for it in hold_expiry.
drop index concurrently if exists hold_open_expiry;
create index concurrently hold_open_expiry on hold (expires_at) where captured + released < amount_minor;
