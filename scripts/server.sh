# What private servers have in common: whose they are, where their data lies, which ports they take. Sourced by
# scripts/postgres and scripts/rabbitmq, which say first: kind (cluster, broker), account
# (postgres, rabbitmq) and patience_s.
# shellcheck shell=bash
# shellcheck disable=SC2154 # kind, account, patience_s, set by who sources this

readonly elsewhere=/var/tmp

# locate DIR: sets dir, marker, place, data, server_user.
locate() {
  [[ ${1:-} ]] || { usage >&2; exit 2; }
  dir=$(realpath -m -- "$1")
  marker=$dir/.payment-engine-$kind
  settle
}

settle() {
  place=$(realpath -m -- "$dir/server")
  data=$place/data
  server_user=
  if ((EUID == 0)); then
    server_user=$account
    # Another user's server keeps running as that user. Below $elsewhere anybody may put a directory.
    if [[ -d $place && ! -L $dir/server && ! -O $place ]]; then server_user=$(stat -c %U "$place"); fi
  fi
}

require_server() {
  [[ -f $marker ]] || die "there is no $kind of the payment engine in $dir"
  ((EUID == 0)) || [[ -O $dir ]] || die "the $kind in $dir belongs to $(stat -c %U "$dir")"
}

as_server() {
  if [[ $server_user ]]; then
    # The caller's directory may be closed to that user.
    (cd / && exec runuser -u "$server_user" -- "$@")
  else
    "$@"
  fi
}

# claim_directory WHAT: marks DIR as ours and makes the directory of the server's user. Called when there is no data.
claim_directory() {
  local relocated
  [[ ! $server_user ]] || getent passwd "$server_user" >/dev/null ||
    die "$1 does not run as root, and there is no user $server_user to run it as"
  if [[ ! -f $marker ]]; then
    [[ -z $(ls -A "$dir") ]] || die "$dir is neither empty nor a $kind of the payment engine"
    echo "A private $1 $kind of the payment engine; scripts/${0##*/} destroy removes it." >"$marker"
  fi
  if [[ -L $dir/server ]]; then
    say "the data of the $kind in $dir is gone: there is no $data"
    as_server rm -rf "$place" 2>/dev/null || true
    rm "$dir/server"
    settle
  fi

  mkdir -p "$place"
  [[ ! $server_user ]] || chown "$server_user:" "$place"
  chmod 700 "$place"
  if ! as_server test -w "$place" 2>/dev/null; then
    rmdir "$place"
    relocated=$(mktemp -d "$elsewhere/payment-engine-$(sha256sum <<<"$dir" | head -c 12)-XXXXXX")
    chown "$server_user:" "$relocated"
    ln -s "$relocated" "$dir/server"
    settle
    say "the user $server_user cannot reach $dir: the data lies in $place"
  fi
}

# remove_directory FILE…: everything of ours, and DIR when nothing else is in it.
remove_directory() {
  [[ ! -L $dir/server || $place == "$elsewhere"/payment-engine-* ]] || die "$dir/server leads to $place, which is not ours"
  rm -rf -- "$place" "$dir/server" "$@"
  rm -f "$marker"
  rmdir "$dir" 2>/dev/null || say "$dir holds other files and stays"
}

random_secret() { od -An -tx1 -N24 /dev/urandom | tr -d ' \n'; }

# wait_until COMMAND…: false when patience_s ends first.
wait_until() {
  local end=$((SECONDS + patience_s))
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.1
  done
}

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
  local port
  # Below the range from which the kernel takes ports for outgoing connections.
  for _ in {1..100}; do
    port=$((20000 + RANDOM % 12000))
    if port_is_free "$port"; then echo "$port"; return; fi
  done
  die 'no free port between 20000 and 32000'
}
