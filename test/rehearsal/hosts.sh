#!/usr/bin/env bash
# Debian hosts on a private network, each with a systemd of its own, made of nothing but namespaces and cgroups. Needs root.
#
#   hosts.sh network             the network, with its way to the outside; prints its process, whose network namespace it is
#   hosts.sh up NAME ADDRESS     boots a host; what is on its disk from an earlier boot is there again
#   hosts.sh unplug NAME         a power cut: every process of the host is killed at once
#   hosts.sh discard NAME        a power cut, and the disk is lost
#   hosts.sh run NAME COMMAND... runs a command on a host
#   hosts.sh launch NAME COMMAND...    starts a server beside the hosts
#   hosts.sh stop                ends everything, by process id, and deletes the disks
#
# FOLDER  where the disks, logs and process ids lie        ROOTFS  the Debian that all disks start from
# Addresses are of /24 networks; the first of each is the gateway, and 198.51.100.1 is what stands for the internet.
set -euo pipefail
: "${FOLDER:?}" "${ROOTFS:?}"

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
OUTSIDE=198.51.100.1 METADATA=169.254.169.254 BALANCER=198.51.100.2
WATCHERS=/proc/sys/fs/inotify/max_user_instances

# A process id alone may be another process by now: its start time goes with it.
started() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }
remember() { echo "$2 $(started "$2")" >"$FOLDER/$1.pid"; } # NAME PID
alive() { # NAME
  local pid start
  [ -f "$FOLDER/$1.pid" ] || return 1
  read -r pid start <"$FOLDER/$1.pid"
  [ -n "$start" ] && [ "$(started "$pid")" = "$start" ]
}
pid() { cut -d' ' -f1 "$FOLDER/$1.pid"; }
end() { # NAME
  ! alive "$1" || kill -KILL "$(pid "$1")"
  while alive "$1"; do sleep 0.1; done
  rm -f "$FOLDER/$1.pid"
}

eventually() { # SECONDS COMMAND...
  local left=$(($1 * 10))
  shift
  until "$@" >/dev/null 2>&1; do
    [ $((left -= 1)) -gt 0 ] || { echo "hosts.sh: not in time: $*" >&2; return 1; }
    sleep 0.1
  done
}

inside() { nsenter -t "$(pid network)" -n "$@"; } # the network, seen from none of its hosts

network() {
  # The machine's root may watch 128 files' changes, of which each host's systemd, containerd and kubelet need some 20.
  if [ "$(cat $WATCHERS)" -lt 4096 ]; then
    cat $WATCHERS >"$FOLDER/watchers"
    echo 4096 >$WATCHERS
  fi
  setsid unshare --net sleep infinity >/dev/null 2>&1 </dev/null &
  remember network $!
  eventually 5 own_network "$!"
  inside ip link set lo up
  for address in $OUTSIDE $METADATA $BALANCER; do inside ip address add "$address/32" dev lo; done
  inside ip link add bridge0 type bridge
  inside ip link set bridge0 up
  inside sysctl -qw net.ipv4.ip_forward=1
  setsid slirp4netns --configure --mtu=1500 --disable-host-loopback --cidr=192.0.2.0/24 "$(pid network)" outside \
    >"$FOLDER/internet.log" 2>&1 </dev/null &
  remember internet $!
  eventually 10 inside ip link show outside
  inside chroot "$ROOTFS" nft 'table ip rehearsal { chain out { type nat hook postrouting priority srcnat; oifname "outside" masquerade; }; }'
  pid network
}

own_network() { [ "$(readlink "/proc/$1/ns/net")" != "$(readlink /proc/self/ns/net)" ]; }

launch() { # NAME COMMAND...
  setsid nsenter -t "$(pid network)" -n "${@:2}" >"$FOLDER/$1.log" 2>&1 </dev/null &
  remember "$1" $!
}

up() { # NAME ADDRESS
  local disk=$FOLDER/hosts/$1 gateway=${2%.*}.1 link init
  alive "$1" && return
  [ -d "$disk" ] || new_disk "$1" "ip-${2//./-}"
  inside ip address replace "$gateway/24" dev bridge0
  setsid bash "$HERE/machine.sh" "$1" "$2/24" "$gateway" >"$FOLDER/$1.log" 2>&1 </dev/null &
  remember "$1" $!
  eventually 10 eval "init=\$(init_of $1) && own_network \$init && [ \$(cat /proc/\$init/comm) = bash ]"
  init=$(init_of "$1")
  link=h$(echo "$2" | cut -d. -f3,4 | tr . -)
  inside ip link delete "$link" 2>/dev/null || true # of the machine before, whose network takes its time to go
  eventually 10 inside ip link add "$link" type veth peer name eth0 netns "$init"
  inside ip link set "$link" master bridge0 up
  eventually 90 booted "$1"
}

# What is the host's own: its name, who may log in, whom it trusts, where it asks for names.
new_disk() { # NAME HOSTNAME
  local disk=$FOLDER/hosts/$1 etc=$FOLDER/hosts/$1/upper/etc
  mkdir -p "$disk"/{work,root,data} "$disk/upper/root/.aws" "$etc/ssl/certs" "$disk/upper/usr/local/sbin" "$disk/upper/home/admin/.ssh" \
    "$disk/upper/usr/local/share/ca-certificates"
  tr -d - </proc/sys/kernel/random/uuid >"$etc/machine-id"
  echo "$2" >"$etc/hostname"
  printf '127.0.0.1 localhost\n127.0.1.1 %s\n' "$2" >"$etc/hosts"
  echo "nameserver $OUTSIDE" >"$etc/resolv.conf"
  cat "$ROOTFS/etc/ssl/certs/ca-certificates.crt" "$FOLDER/tls/ca.crt" >"$etc/ssl/certs/ca-certificates.crt"
  cp "$FOLDER/tls/ca.crt" "$disk/upper/usr/local/share/ca-certificates/rehearsal.crt"
  cp "$FOLDER/key.pub" "$disk/upper/home/admin/.ssh/authorized_keys"
  chroot "$ROOTFS" stat --format='%u:%g' /home/admin | xargs -I OWNER chown -R OWNER "$disk/upper/home/admin"
  chmod 700 "$disk/upper/home/admin/.ssh"
  # Debian's aws trusts a list of its own; what stands for S3 takes whole files only.
  printf '[default]\nca_bundle = /etc/ssl/certs/ca-certificates.crt\ns3 =\n  multipart_threshold = 4GB\n' >"$disk/upper/root/.aws/config"
  install -m 755 "$HERE/runc.sh" "$disk/upper/usr/local/sbin/runc"
}

init_of() { pgrep --parent "$(pid "$1")"; }

run() { # NAME COMMAND...
  nsenter -t "$(init_of "$1")" -a env -i HOME=/root LANG=C.UTF-8 \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "${@:2}"
}

booted() {
  alive "$1" || { tail -n 5 "$FOLDER/$1.log" >&2; exit 1; }
  case $(run "$1" systemctl is-system-running) in running | degraded) run "$1" systemctl is-active ssh ;; *) return 1 ;; esac
}

unplug() { # NAME
  if alive "$1"; then kill -KILL "$(init_of "$1")"; fi
  while alive "$1"; do sleep 0.1; done
  rm -f "$FOLDER/$1.pid"
  tac "$FOLDER/hosts/$1/cgroups" | while read -r folder; do
    find "$folder" -depth -type d -exec rmdir {} + 2>/dev/null || true
  done
}

discard() { # NAME
  unplug "$1"
  rm -rf "$FOLDER/hosts/$1"
}

stop() {
  local file
  for file in "$FOLDER"/hosts/*/; do [ ! -d "$file" ] || unplug "$(basename "$file")"; done
  for file in "$FOLDER"/*.pid; do [ ! -f "$file" ] || end "$(basename "$file" .pid)"; done
  [ ! -f "$FOLDER/watchers" ] || cat "$FOLDER/watchers" >$WATCHERS
  rm -rf "$FOLDER/hosts"
}

case ${1:-} in
  network | launch | up | unplug | discard | run | stop) "$@" ;;
  *) sed -n '/^# Debian/,/^set/s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
