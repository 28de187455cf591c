# A node's settings, its start and its end. Sourced by scripts/rabbitmq.
# shellcheck shell=bash
# shellcheck disable=SC2154 # dir, place, data, server_user are set by locate, programs by the commands

create() {
  claim_directory RabbitMQ
  say "creating a RabbitMQ node in $dir"
  (umask 077 && random_secret >"$dir/password")
  as_server mkdir -p "$place/home.new"
  random_secret | as_server tee "$place/home.new/.erlang.cookie" >/dev/null
  as_server chmod 400 "$place/home.new/.erlang.cookie"
  as_server mv "$place/home.new" "$place/home"
}

# port_of amqp | distribution | mapper
port_of() { sed -n "s/^$1=//p" "$dir/ports"; }

# choose_ports WANTED: those of the last time where they are still free.
choose_ports() {
  local name port ports=''
  for name in amqp distribution mapper; do
    port=$(port_of "$name" 2>/dev/null) || port=''
    [[ $name != amqp || ! $1 ]] || port=$1
    if [[ ! $port ]] || ! port_is_free "$port" || [[ $ports == *"=$port"$'\n'* ]]; then
      [[ $name != amqp || ! $1 ]] || die "port $1 is taken"
      while port=$(free_port) && [[ $ports == *"=$port"$'\n'* ]]; do :; done
    fi
    ports+=$name=$port$'\n'
  done
  printf '%s' "$ports" >"$dir/ports"
}

# Sets environment, for the server and for its command line tools.
node_environment() {
  environment=(
    "PATH=$PATH" LC_ALL=C.UTF-8 "HOME=$place/home"
    RABBITMQ_NODENAME="payment-engine@localhost" "RABBITMQ_CONF_ENV_FILE=$place/none"
    "ERL_EPMD_PORT=$(port_of mapper)" ERL_EPMD_ADDRESS=127.0.0.1 "RABBITMQ_DIST_PORT=$(port_of distribution)"
    RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 "RABBITMQ_NODE_PORT=$(port_of amqp)"
    "RABBITMQ_CONFIG_FILE=$place/rabbitmq.conf" "RABBITMQ_ADVANCED_CONFIG_FILE=$place/advanced.config"
    "RABBITMQ_GENERATED_CONFIG_DIR=$data/config" "RABBITMQ_SCHEMA_DIR=$data/schema"
    "RABBITMQ_MNESIA_BASE=$data" "RABBITMQ_MNESIA_DIR=$data/node" "RABBITMQ_PLUGINS_EXPAND_DIR=$data/plugins"
    "RABBITMQ_FEATURE_FLAGS_FILE=$data/feature_flags" "RABBITMQ_ENABLED_PLUGINS_FILE=$place/plugins"
    "RABBITMQ_LOG_BASE=$place"
    # Not ours: the node deletes it when it begins to stop.
    "RABBITMQ_PID_FILE=$data/node.pid"
    # A crashed machine is told by its log; a dump of hundreds of megabytes helps nobody here.
    ERL_CRASH_DUMP_SECONDS=0
    # Makes the script become the server instead of watching over it.
    RUNNING_UNDER_SYSTEMD=true
    # Idle schedulers sleep instead of spinning: the processors belong to the engine and PostgreSQL too.
    "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=+sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}"
  )
}

configure() {
  as_server mkdir -p "$data"
  as_server tee "$place/plugins" <<<'[].' >/dev/null
  # Whoever asks how long a quorum queue is hears a figure of the last second instead of the last five.
  as_server tee "$place/advanced.config" <<<'[{rabbit, [{quorum_tick_interval, 1000}]}].' >/dev/null
  as_server touch "$place/rabbitmq.conf"
  as_server chmod 600 "$place/rabbitmq.conf"
  as_server tee "$place/rabbitmq.conf" >/dev/null <<CONF
default_user = engine
default_pass = $(<"$dir/password")
default_user_tags.administrator = false
log.console = false
log.file = $place/log
log.file.level = warning
# Messages are ids and few; the engine keeps its own memory and so does PostgreSQL.
vm_memory_high_watermark.absolute = 1GB
disk_free_limit.absolute = 200MB
# The log of the quorum queues stays in memory until it is this long.
raft.wal_max_size_bytes = 67108864
# Figures for a management console that is not there.
collect_statistics_interval = 60000
CONF
}

# A pid on file may be stale and meanwhile belong to any other process; ours work in $place.
pid_in() {
  local pid
  read -r pid 2>/dev/null <"$1" || return 1
  [[ $pid =~ ^[0-9]+$ && $(readlink "/proc/$pid/cwd") == "$place" ]] && echo "$pid"
}

server_pid() { pid_in "$place/server.pid"; }

# The listener is the last thing that a starting node opens.
settled() { ! server_pid >/dev/null || ! port_is_free "$(port_of amqp)"; }
gone() { ! pid_in "$1" >/dev/null; }

# run_detached PIDFILE COMMAND…: as the server's user, in a session of its own, deaf to none of the signals that we
# ignore at the moment; writes its pid first.
run_detached() {
  local file=$1
  shift
  # shellcheck disable=SC2016 # for the inner shell
  as_server env -i --default-signal=INT,TERM,HUP "${environment[@]}" setsid --fork sh -c \
    'cd "$1" && echo $$ >"$2" && shift 2 && exec "$@"' sh "$place" "$file" "$@" \
    </dev/null >/dev/null 2>&1 9<&-
}

launch() {
  # An interrupt meant for the caller must not leave a node that nobody knows of.
  trap '' INT TERM HUP
  end_mapper
  choose_ports "$1"
  node_environment
  configure
  as_server rm -f "$place/server.pid" "$place/mapper.pid"
  run_detached "$place/mapper.pid" epmd -port "$(port_of mapper)" -address 127.0.0.1
  wait_until pid_in "$place/mapper.pid" >/dev/null || die "the port mapper does not start"
  run_detached "$place/server.pid" "$programs/rabbitmq-server"
  wait_until pid_in "$place/server.pid" >/dev/null || die "the node in $dir does not start"
  wait_until settled && server_pid >/dev/null && return
  tail -n 20 "$place/log" >&2 || true
  end_server KILL
  die "the node in $dir does not start; its log is $place/log"
}

end_mapper() {
  local pid
  pid=$(pid_in "$place/mapper.pid") || return 0
  kill "$pid"
  wait_until gone "$place/mapper.pid" || die "the port mapper $pid of the node in $dir does not end"
}

# end_server SIGNAL: TERM is an orderly stop.
end_server() {
  local pid
  if pid=$(server_pid); then
    kill "-$1" "$pid"
    # A stopped process does not hear SIGTERM.
    kill -CONT "$pid" 2>/dev/null || true
    wait_until gone "$place/server.pid" || die "the node in $dir does not end; see $place/log"
  fi
  end_mapper
}
