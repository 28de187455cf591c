# Which PostgreSQL: finds the server's programs, or installs Debian's package. Sourced by scripts/postgres.
# shellcheck shell=bash

readonly oldest_major=14

# find_bindir MAJOR: the first directory with all the programs we use, in that version or, when empty, in any that will do.
find_bindir() {
  local bin major candidates
  mapfile -t candidates < <(
    pg_config --bindir 2>/dev/null || true
    printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV
  )
  for bin in "${candidates[@]}"; do
    [[ -x $bin/postgres && -x $bin/initdb && -x $bin/pg_ctl && -x $bin/psql ]] || continue
    major=$("$bin/postgres" --version | grep -oE '[0-9]+' | head -n 1)
    if [[ ${1:-$major} == "$major" ]] && ((major >= oldest_major)); then
      echo "$bin"
      return
    fi
  done
  return 1
}

# Prints the directory; everything else goes to stderr.
ensure() {
  local bin
  if ! bin=$(find_bindir ''); then
    install_postgres
    bin=$(find_bindir '') || die "the installed package brought no PostgreSQL $oldest_major or newer"
  fi
  [[ -x $bin/pgbench ]] || say "pgbench is missing in $bin (package postgresql or postgresql-contrib): ./bench needs it"
  echo "$bin"
}

install_postgres() {
  local need="PostgreSQL $oldest_major or newer is needed (server, client and pgbench; Debian: apt-get install postgresql)"
  local become=()
  command -v apt-get >/dev/null || die "$need"
  if ((EUID != 0)); then
    sudo -n true 2>/dev/null || die "$need, and only root may install it"
    become=(sudo -n)
  fi
  say "installing Debian's package postgresql"

  # Debian would create a cluster and start it; we bring our own. The word holds for this installation only.
  local settings=/etc/postgresql-common/createcluster.d
  (
    trap '"${become[@]}" rm -f "$settings/payment-engine.conf"
          "${become[@]}" rmdir -p --ignore-fail-on-non-empty "$settings"' EXIT
    "${become[@]}" mkdir -p "$settings"
    "${become[@]}" tee "$settings/payment-engine.conf" <<<'create_main_cluster = false' >/dev/null
    "${become[@]}" apt-get update -qq || say 'the package lists could not be refreshed; trying with those at hand'
    "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends \
      -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 postgresql
  ) >&2 || die "apt-get could not install the package postgresql. $need"
}
