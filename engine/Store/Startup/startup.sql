-- name: durability
select current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit'),
       current_setting('server_version_num')::integer, pg_is_in_recovery();

-- name: register_node
insert into engine_node (name) values ($1) returning id;
