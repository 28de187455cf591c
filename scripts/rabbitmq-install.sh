# Which RabbitMQ: finds the server's programs, or installs Debian's package. Sourced by scripts/rabbitmq.
# shellcheck shell=bash

# The directory with the server's own programs: Debian's wrappers in /usr/sbin insist on the package's node.
find_programs() {
  local programs
  while read -r programs; do
    if [[ -x $programs/rabbitmq-server && -x $programs/rabbitmqctl ]]; then
      echo "$programs"
      return
    fi
  done < <(printf '%s\n' /usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin | sort -rV)
  return 1
}

# Prints the directory; everything else goes to stderr.
ensure() {
  local programs
  if ! programs=$(find_programs); then
    install_rabbitmq
    programs=$(find_programs) || die 'the installed package brought no RabbitMQ'
  fi
  echo "$programs"
}

install_rabbitmq() {
  local need='RabbitMQ is needed (Debian: apt-get install rabbitmq-server)'
  command -v apt-get >/dev/null || die "$need"
  local become=()
  if ((EUID != 0)); then
    sudo -n true 2>/dev/null || die "$need, and only root may install it"
    become=(sudo -n)
  fi
  say "installing Debian's package rabbitmq-server"

  (
    forbid_services
    "${become[@]}" apt-get update -qq || say 'the package lists could not be refreshed; trying with those at hand'
    had_erlang=$(dpkg-query -W -f '${db:Status-Status}' erlang-base 2>/dev/null || true)
    "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends \
      -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 rabbitmq-server
    # Nor after the next boot: we bring our own node. Erlang's port mapper stays as it was when it was there before.
    "${become[@]}" update-rc.d rabbitmq-server disable
    if command -v systemctl >/dev/null && [[ $had_erlang != installed ]]; then
      "${become[@]}" systemctl disable epmd.service epmd.socket
    fi
  ) >&2 || die "apt-get could not install the package rabbitmq-server. $need"
}

# Debian would start the service. The word holds until the subshell ends; where it is forbidden already (a container),
# nothing is touched.
forbid_services() {
  local policy=/usr/sbin/policy-rc.d code=0
  [[ ! -x $policy ]] || "$policy" rabbitmq-server start >/dev/null || code=$?
  ((code != 101)) || return 0
  if [[ -e $policy ]]; then
    "${become[@]}" mv "$policy" "$policy.payment-engine"
    trap '"${become[@]}" mv -f "'"$policy.payment-engine\" \"$policy\"" EXIT
  else
    trap '"${become[@]}" rm -f "'"$policy\"" EXIT
  fi
  "${become[@]}" tee "$policy" <<<$'#!/bin/sh\nexit 101' >/dev/null
  "${become[@]}" chmod 755 "$policy"
}
