# How a cluster comes to be and which settings it runs with. Sourced by scripts/postgres.
# shellcheck shell=bash
# shellcheck disable=SC2154 # dir, data are set by locate

create() {
  local bin=$1 password log=$dir/create.log
  claim_directory PostgreSQL
  say "creating a PostgreSQL cluster in $dir"

  password=$(random_secret)
  (umask 077 && echo "$password" >"$dir/password" && : >"$log")
  # Built aside and moved when complete, so that an interrupted creation is simply begun again.
  as_server rm -rf "$data.new"
  initialise "$bin" "$data.new" "$password" >>"$log" 2>&1 || { cat "$log" >&2; die "the cluster could not be created"; }
  as_server mv "$data.new" "$data"
  rm "$log"
}

initialise() {
  local bin=$1 new=$2 password=$3
  as_server env LC_ALL=C "$bin/initdb" -D "$new" --username=postgres --locale=C --encoding=UTF8 \
    --auth-local=reject --auth-host=scram-sha-256 || return 1
  as_server tee "$new/pg_hba.conf" <<<'host all engine 127.0.0.1/32 scram-sha-256' || return 1
  as_server tee -a "$new/postgresql.conf" <<<$'include_if_exists = \'engine.conf\'\ninclude_if_exists = \'local.conf\'' || return 1
  # The server is not up, so only we can speak to it. Roles: figures and checkpoints for the benchmark, ending
  # sessions for the tests, which also create databases of their own.
  as_server env LC_ALL=C "$bin/postgres" --single -D "$new" -c exit_on_error=true postgres <<SQL
create role engine login createdb password '$password'
grant pg_monitor, pg_signal_backend to engine
do \$\$ begin if exists (select from pg_roles where rolname = 'pg_checkpoint') then grant pg_checkpoint to engine; end if; end \$\$
create database payment_engine owner engine
SQL
}

configure() {
  local bin=$1 memory_mb limit buffers_mb compression=lz4
  memory_mb=$(awk '/^MemTotal/ { print int($2 / 1024) }' /proc/meminfo)
  limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null || echo max)
  [[ $limit == max ]] || ((limit / 1048576 > memory_mb)) || memory_mb=$((limit / 1048576))
  buffers_mb=$((memory_mb * 15 / 100))
  ((buffers_mb <= 2048)) || buffers_mb=2048
  ((buffers_mb >= 128)) || buffers_mb=128
  as_server "$bin/postgres" -D "$data" -C wal_compression -c wal_compression=lz4 -c config_file=/dev/null >/dev/null 2>&1 ||
    compression=on
  {
    cat "$root/scripts/engine.conf"
    echo
    echo '# 15 % of the memory, at most 2 GB.'
    echo "shared_buffers = ${buffers_mb}MB"
    echo '# Whole pages after a checkpoint are most of the log; lz4 costs next to nothing (the server may lack it).'
    echo "wal_compression = $compression"
  } | as_server tee "$data/engine.conf" >/dev/null
}
