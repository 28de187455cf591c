-- name: durability
select current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit'),
       current_setting('server_version_num')::integer, pg_is_in_recovery();

-- name: register_node
insert into engine_node (name, migration) values ($1, $2) returning id;

-- False when a migration has been applied that this version does not work with.
-- name: node_is_here
with seen as (update engine_node set seen_at = now() where id = $1)
select not exists (select from schema_migration where number > $2 and coalesce(compatible_with, number) > $2);

-- name: node_stops
update engine_node set stopped_at = now() where id = $1;
