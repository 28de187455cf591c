-- compatible with: 16
-- contract
-- There are more things to tell than there were; which, says the engine.

alter table notification drop constraint if exists notification_kind_check;
