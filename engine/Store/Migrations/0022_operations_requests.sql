-- compatible with: 16
-- What a person of operations asked for under which key, and what was answered (O13). Only what was done has an answer:
-- a refusal leaves the key free, and what has none yet may be under way, or was cut short and is done again.
create table operations_request (
    actor         text collate "C" not null,
    request_key   text collate "C" not null check (length(request_key) between 1 and 64),
    body_hash     bytea not null check (length(body_hash) = 32),
    asked_at      timestamptz not null default now(),
    answer_status smallint,
    answer_body   bytea,
    primary key (actor, request_key),
    check ((answer_status is null) = (answer_body is null))
);
