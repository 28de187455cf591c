-- What stands here plain, and merchants who have none yet.
-- name: unsealed
select id, number, webhook_secret from merchant where webhook_secret is not null or webhook_secret_sealed is null order by id;

-- Nobody else has sealed it meanwhile, or put another one there.
-- name: seal_merchant
update merchant set webhook_secret_sealed = $2, webhook_secret = null
where id = $1 and webhook_secret is not distinct from $3 and ($3 is not null or webhook_secret_sealed is null);

-- name: sealed_as_now
select exists (select from merchant where substr(webhook_secret_sealed, 1, length($1)) = $1)
    or exists (select from channel_connection where substr(secret, 1, length($1)) = $1);

-- name: outdated
select 'merchant', id, number, webhook_secret_sealed from merchant where substr(webhook_secret_sealed, 1, length($1)) <> $1
union all
select 'connection', id, name, secret from channel_connection where substr(secret, 1, length($1)) <> $1
order by 1, 2;

-- name: reseal_merchant
update merchant set webhook_secret_sealed = $2 where id = $1 and webhook_secret_sealed = $3;

-- name: reseal_connection
update channel_connection set secret = $2 where id = $1 and secret = $3;

-- name: of_merchant
select webhook_secret_sealed from merchant where number = $1;
