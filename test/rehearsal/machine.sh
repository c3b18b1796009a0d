#!/usr/bin/env bash
# What hosts.sh starts for one host: from cgroups and namespaces of its own to systemd as process 1.
#
#   machine.sh NAME ADDRESS/LENGTH GATEWAY         with FOLDER and ROOTFS as for hosts.sh
set -euo pipefail
: "${FOLDER:?}" "${ROOTFS:?}"

name=$1 address=$2 gateway=$3 disk=$FOLDER/hosts/$1
# The hierarchies of cgroups of version 1, and the one of version 2 that systemd has beside them: name and path.
controllers() { sed -n 's/^0::/unified /p; s/^[1-9][0-9]*:\(name=\)\{0,1\}\([^:]*\):/\2 /p' /proc/self/cgroup; }

# A cgroup in every hierarchy, which the new cgroup namespace takes for the root: kubelets would meet in /kubepods otherwise.
enter_cgroups() {
  local controller path folder
  : >"$disk/cgroups"
  while read -r controller path; do
    folder=/sys/fs/cgroup/$controller${path%/}/rehearsal-$(basename "$FOLDER")-$name
    mkdir -p "$folder"
    echo "$folder" >>"$disk/cgroups"
    if [ "$controller" = cpuset ]; then
      for file in cpuset.cpus cpuset.mems; do cat "$folder/../$file" >"$folder/$file"; done
    fi
    echo $$ >"$folder/cgroup.procs"
  done < <(controllers)
}

mount_disk() {
  local folder
  mount --make-rprivate /
  mount -t overlay overlay -o "lowerdir=$ROOTFS,upperdir=$disk/upper,workdir=$disk/work" "$disk/root"
  # containerd lays overlays of its own, which cannot lie on an overlay; and kubelets send pods away where a disk is nearly
  # full, which is to be the host's own and not this machine's.
  if [ ! -f "$disk/data.img" ]; then
    truncate --size 20G "$disk/data.img"
    mkfs.ext4 -q -m 0 -E lazy_itable_init=1,lazy_journal_init=1 "$disk/data.img"
  fi
  mkdir -p "$disk/data"
  mount -o loop,discard "$disk/data.img" "$disk/data"
  for folder in containerd kubelet etcd; do
    mkdir -p "$disk/data/$folder" "$disk/root/var/lib/$folder"
    mount --bind "$disk/data/$folder" "$disk/root/var/lib/$folder"
  done
}

mount_kernel() {
  local controller
  mount -t proc proc proc
  mount -t sysfs sysfs sys
  mount -t tmpfs -o mode=755 tmpfs sys/fs/cgroup
  while read -r controller _; do
    mkdir "sys/fs/cgroup/$controller"
    case $controller in
      unified) mount -t cgroup2 cgroup2 sys/fs/cgroup/unified ;;
      systemd) mount -t cgroup -o none,name=systemd cgroup sys/fs/cgroup/systemd ;;
      *) mount -t cgroup -o "$controller" cgroup "sys/fs/cgroup/$controller" ;;
    esac
  done < <(controllers)
  mount -t tmpfs -o mode=755 tmpfs run
}

# Settings of the whole kernel, which the playbooks and the kubelet change: the host has copies of its own, as files.
cover_kernel_parameters() {
  local file copies=$disk/sysctl
  if [ ! -d "$copies" ]; then
    mkdir -p "$copies/kernel/keys"
    cp --recursive --no-preserve=all /proc/sys/vm /proc/sys/fs "$copies/" 2>/dev/null || true
    for file in panic panic_on_oops pid_max threads-max keys/root_maxkeys keys/root_maxbytes; do
      cat "/proc/sys/kernel/$file" >"$copies/kernel/$file"
    done
  fi
  mount --bind "$copies/vm" proc/sys/vm
  mount --bind "$copies/fs" proc/sys/fs
  for file in $(cd "$copies/kernel" && find . -type f); do mount --bind "$copies/kernel/$file" "proc/sys/kernel/$file"; done
}

make_devices() {
  local device
  mount -t tmpfs -o mode=755 tmpfs dev
  mkdir dev/pts dev/shm dev/mqueue
  mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts dev/pts
  mount -t tmpfs -o mode=1777 tmpfs dev/shm
  for device in null:1:3 zero:1:5 full:1:7 random:1:8 urandom:1:9 tty:5:0 kmsg:1:11; do
    IFS=: read -r file major minor <<<"$device"
    mknod --mode=666 "dev/$file" c "$major" "$minor"
  done
  ln -s pts/ptmx dev/ptmx
  ln -s /proc/self/fd dev/fd
  for device in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/${device%:*}" "dev/${device#*:}"; done
}

connect() {
  hostname "$(cat etc/hostname)"
  until ip link show eth0 >/dev/null 2>&1; do sleep 0.05; done
  ip link set lo up
  ip address add "$address" dev eth0
  ip link set eth0 up
  ip route add default via "$gateway"
}

boot() {
  mount_disk
  cd "$disk/root"
  mount_kernel
  cover_kernel_parameters
  make_devices
  connect
  mkdir -p .old
  pivot_root . .old
  umount --lazy /.old
  rmdir /.old
  mount --make-rshared /
  exec env -i container=rehearsal PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin /sbin/init
}

if [ $$ = 1 ]; then boot; fi
enter_cgroups
exec unshare --mount --pid --uts --ipc --net --cgroup --fork --kill-child bash "$0" "$@"
