-- name: read
select u.id, u.number, u.name, u.class, u.is_face_to_face, u.registered_at, u.registered_by,
       k.currency, k.limit_minor, k.period, k.counts_own, k.verifications, k.face_to_face,
       u.used_life, u.used_year, u.use_year
from customer u join kyc_class k on k.class = u.class
where u.number = $1;

-- name: verifications
select source, verified_at, noted_by from customer_verification where customer_id = $1 order by verified_at, source;

-- The latest first.
-- name: changes
select from_class, to_class, reason, changed_by, changed_at from customer_change where customer_id = $1 order by id desc limit $2;

-- name: classes
select class, currency, limit_minor, period, counts_own, verifications, face_to_face from kyc_class order by class;
