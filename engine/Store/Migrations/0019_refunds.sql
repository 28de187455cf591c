-- compatible with: 16
-- What merchants give back of what they were paid.

alter table merchant
    -- With what it refunds it has our fee back, in proportion.
    add column returns_fee boolean not null default false;

alter table payment_order
    -- Of a refund that the merchant asked for: what it was when he asked, and what he said of it.
    add column refund_kind text,
    add column fee_back_minor bigint,
    add column merchant_refund_no text,
    add column refund_reason text,
    add column refund_notify_url text,
    add column ended_at timestamptz;

alter table payment_order
    add constraint payment_order_refund_kind check (refund_kind in ('refund', 'void')) not valid,
    add constraint payment_order_refund_of_merchant check (refund_kind is null or kind = 'refund') not valid,
    add constraint payment_order_fee_back check ((refund_kind is null) = (fee_back_minor is null) and fee_back_minor >= 0) not valid,
    -- A version that does not know such refunds takes them for surplus. It does not write this, so it cannot end one.
    add constraint payment_order_refund_ended check (refund_kind is null or state not in ('Succeeded', 'Failed') or ended_at is not null) not valid;

-- The numbers that merchants give to their refunds, for good and over all days.
create table merchant_refund (
    merchant_id        integer not null,
    merchant_refund_no text collate "C" not null,
    trade_id           bigint not null,
    refund_id          bigint not null,
    primary key (merchant_id, merchant_refund_no)
) partition by hash (merchant_id);

do $$
begin
    for i in 0..15 loop
        execute format('create table merchant_refund_%s partition of merchant_refund for values with (modulus 16, remainder %s)', i, i);
    end loop;
end
$$;

-- Where the merchant wants to be told, when it is not where he is told of the trade.
alter table notification add column notify_url text;
