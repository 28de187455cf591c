create table raw_account (id bigint primary key, balance bigint not null, sequence bigint not null) with (fillfactor = 40);
insert into raw_account select i, 0, 0 from generate_series(1, 10111) as i;
create table raw_key (key text collate "C" primary key, body_hash bytea not null, posting_id bigint not null, posted_at timestamptz not null default now());
create table raw_entry (
    account_id bigint not null, sequence bigint not null, posting_id bigint not null, leg smallint not null, amount bigint not null,
    opening bigint not null, closing bigint not null check (closing = opening + amount), currency text not null, posting_date date not null,
    order_id bigint, kind text, tx bigint);
create unique index on raw_entry (account_id, sequence, posting_id)
