-- compatible with: 16
-- contract
-- There are more kinds of accounts and postings than there were; which, says the table account_kind and the engine.

alter table account drop constraint if exists account_kind_check;
alter table posting drop constraint if exists posting_kind_check;
