-- compatible with: 16
-- outside a transaction
-- The accounts of one customer: his limits add up over all of them.
drop index concurrently if exists account_customer;
create index concurrently account_customer on account (customer_id) where customer_id is not null;
