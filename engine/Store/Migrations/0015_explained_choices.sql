-- compatible with: 11
-- What merchants say of a payment beside what every payment has, and how its channel was chosen.

alter table payment_instruction
    add column elements jsonb,
    -- Only where no channel was found: the order of a channel that was found has the explanation.
    add column routing bytea;

alter table institution_order
    add column interface text,
    add column routing bytea;
