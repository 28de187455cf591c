# Shared by ./run, ./test, ./bench, scripts/postgres and scripts/rabbitmq. Sourced, never run.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "$*" >&2; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

# ---------------------------------------------------------------- the .NET SDK

# No build server outlives us, and the first use of the SDK writes no certificate into the user's home.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
# ./test reads what the SDK prints.
export DOTNET_CLI_UI_LANGUAGE=en

require_dotnet() {
  local version
  command -v dotnet >/dev/null ||
    die 'the .NET SDK 10 is needed, and there is no dotnet in PATH: see https://dotnet.microsoft.com/download/dotnet/10.0'
  # Asked in the repository, so that global.json has its say.
  version=$(cd "$root" && dotnet --version 2>&1) || true
  [[ $version == 10.* ]] ||
    die "the .NET SDK 10 is needed (https://dotnet.microsoft.com/download/dotnet/10.0); dotnet --version says: $version"
}

# require_data: says whose .data is when it is not ours to write.
require_data() {
  local path
  mkdir -p "$root/.data" 2>/dev/null || die "$root belongs to $(stat -c %U "$root"), and $(id -un) cannot make .data in it"
  for path in "$root/.data" "$root"/.data/*.lock; do
    [[ ! -e $path || -w $path ]] || die "$path belongs to $(stat -c %U "$path"), and $(id -un) cannot write it"
  done
}

# build WHAT: a project or the solution, in Release. Quiet, unless it takes long; a failure shows the end of the log.
build() {
  local log teller code=0 unfinished="$root/.data/build.unfinished"
  mkdir -p "$root/.data/logs"
  log="$root/.data/logs/build-$(basename "$1").log"
  # Two builds of one clone at a time would trip over each other's files.
  exec 8>"$root/.data/build.lock"
  flock 8
  # A build that was broken off leaves half-written files that look up to date.
  if [[ -e $unfinished ]]; then
    find "$root" -name '*.csproj' -not -path '*/node_modules/*' -printf '%h/obj\0' | xargs -0 rm -rf
  fi
  : >"$unfinished"
  (
    sleep 3 </dev/null >/dev/null 2>&1
    say "building $1…"
  ) 8>&- 9>&- &
  teller=$!
  disown "$teller" # not one of the children to whom signals are passed on
  child dotnet build "$root/$1" -c Release --nologo -v q -m:1 --nodeReuse:false >"$log" 2>&1 || code=$?
  kill "$teller" 2>/dev/null || true
  ((signals == 0)) || exit 130
  rm "$unfinished"
  exec 8>&-
  ((code == 0)) && return
  # Errors are in it twice, as they come and in the summary.
  awk '!seen[$0]++' "$log" | tail -n 40 >&2
  say "the build of $1 failed; its log is $log"
  return 1
}

# ------------------------------------------------------------- children, signals

signals=0

on_signal() {
  local leader
  signals=$((signals + 1))
  leader=$(jobs -pr)
  [[ $leader ]] || exit 130
  kill -TERM -- "-$leader" 2>/dev/null || true
}

# child COMMAND…: runs it in the background and waits, because bash would sit on a signal until a foreground
# command ends. A signal is passed on as SIGTERM, to the whole process group: dotnet test does not tell its own
# children. The result is the command's own.
child() {
  local code before
  set -m # a process group of its own, and SIGINT not ignored in it
  "$@" </dev/null 8>&- 9>&- &
  set +m
  while :; do
    before=$signals
    code=0
    wait $! || code=$?
    # A wait that a signal broke off has not seen the end yet.
    ((before == signals)) && break
  done
  return "$code"
}

# ------------------------------------------------- one at a time, private clusters

# lock NAME: false when another process holds it. Descriptor 9 stays open for our lifetime and is never inherited.
lock() {
  mkdir -p "$root/.data"
  exec 9<>"$root/.data/$1.lock"
  flock -n 9 || { exec 9>&-; return 1; }
  printf '%s\n' "$$" >"$root/.data/$1.lock"
}

lock_holder() { cat "$root/.data/$1.lock"; }

cluster_to_stop=
broker_to_stop= # whoever needs it starts it

# start_cluster DIR VARIABLE: exports the connection string. What to stop is remembered first: a start may be interrupted.
start_cluster() {
  local connection
  cluster_to_stop=$1
  connection=$("$root/scripts/postgres" start "$1" 9>&-) || exit 1
  export "$2=$connection"
}

# At every end of the script.
stop_servers() {
  local code=$?
  trap '' INT TERM HUP
  if [[ $cluster_to_stop ]] && "$root/scripts/postgres" status "$cluster_to_stop" >/dev/null; then
    "$root/scripts/postgres" stop "$cluster_to_stop" || code=1
  fi
  if [[ $broker_to_stop ]] && "$root/scripts/rabbitmq" status "$broker_to_stop" >/dev/null; then
    "$root/scripts/rabbitmq" stop "$broker_to_stop" || code=1
  fi
  exit "$code"
}

# Traps belong to the doors, not to scripts/postgres and scripts/rabbitmq.
guard() {
  trap on_signal INT TERM HUP
  trap stop_servers EXIT
}
