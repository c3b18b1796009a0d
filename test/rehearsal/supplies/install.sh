# shellcheck shell=bash
# What the rehearsal needs, as two parts of test/tools/install.sh, which reads this file and whose functions it uses.

# A Debian with systemd, sshd and Python, the disk that every host of the rehearsal starts from.
install_rootfs() {
  local release=${1#debian-} mirror root=$TOOLS/rootfs modules
  # shellcheck disable=SC2016 # apt's own placeholder
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
  apt-get update
  apt-get install --yes --no-install-recommends debootstrap slirp4netns dpkg-dev gnupg gcc libc6-dev iproute2 openssh-client
  rm -rf "$root"
  debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,python3,python3-apt,iproute2,iptables,nftables,kmod,procps,\
openssh-server,sudo,ca-certificates,gpg,curl "$release" "$root" "$mirror"
  chroot "$root" useradd --create-home --shell /bin/bash admin
  echo 'admin ALL=(ALL) NOPASSWD:ALL' >"$root/etc/sudoers.d/admin"
  # modprobe succeeds for what this machine's kernel has built in.
  modules=$root/lib/modules/$(uname -r)
  mkdir -p "$modules"
  touch "$modules/modules.order"
  printf 'kernel/%s.ko\n' fs/overlayfs/overlay net/bridge/br_netfilter >"$modules/modules.builtin"
  chroot "$root" depmod "$(uname -r)"
  rm -f "$root/etc/machine-id"
}

# The programs of a node, built from their Go modules; the images and packages that are made of them. Needs the parts
# `kubernetes` and `rootfs`.
install_rehearsal() { # KUBERNETES NEXT GO COREDNS PLUGINS ETCD HELM
  local kubernetes next go coredns plugins etcd helm source=$HERE/../rehearsal/supplies
  read -r kubernetes next go coredns plugins etcd helm <<<"$1"
  SUPPLIES=$TOOLS/rehearsal
  rm -rf "$SUPPLIES" && mkdir -p "$SUPPLIES"/{bin,cni}
  for program in etcd kube-apiserver kube-controller-manager kube-scheduler kubectl; do ln "$BIN/$program" "$SUPPLIES/bin/"; done
  gcc -static -Os -s -o "$SUPPLIES/bin/pause" "$source/pause.c"
  GOBIN=$SUPPLIES/bin go install -ldflags '-s -w' "$coredns"
  GOBIN=$SUPPLIES/bin go install -ldflags "-s -w -X helm.sh/helm/v3/internal/version.version=${helm#*@}" "$helm"
  for plugin in main/bridge main/loopback ipam/host-local meta/portmap; do
    GOBIN=$SUPPLIES/cni go install -ldflags '-s -w' "${plugins%@*}/plugins/$plugin@${plugins#*@}"
  done
  (mkdir etcd && cd etcd && build_etcd_tools "$etcd")
  (mkdir node && cd node && build_node_programs "$kubernetes" "${go#go-}" "${kubernetes#*@v}" "${next#next-v}")
  make_images "$source" "${kubernetes#*@}" "${next#next-}"
  pack_helm "${helm#*@}"
  bash "$source/packages.sh" "$SUPPLIES/sites/pkgs.k8s.io/core:/stable:/v1.32/deb" "$SUPPLIES/bin" "$SUPPLIES/cni" \
    "${kubernetes#*@v}" "${next#next-v}"
}

build_etcd_tools() { # MODULE@VERSION
  local tool
  go mod init tools
  for tool in etcdctl etcdutl; do
    go mod edit -require="${1%@*}/$tool/v3@${1#*@}"
    go build -ldflags '-s -w' -o "$SUPPLIES/bin/" "${1%@*}/$tool/v3"
  done
}

# The next version is this one's source under another number: it shows an upgrade's steps, not what the release changes.
build_node_programs() { # MODULE@VERSION GO VERSION...
  local module=$1 go=$2 version flags
  kubernetes_dependent "$module"
  for version in "${@:3}"; do
    flags=$(kubernetes_flags "v$version")
    go build -ldflags "$flags" -o "$SUPPLIES/bin/kubelet-$version" k8s.io/kubernetes/cmd/kubelet
    # Built by a newer Go than its release's, kubeadm refuses plain IPv4 ranges (net/url: invalid IP-literal).
    GOTOOLCHAIN=$go go build -ldflags "$flags" -o "$SUPPLIES/bin/kubeadm-$version" k8s.io/kubernetes/cmd/kubeadm
  done
  go build -ldflags "$(kubernetes_flags "v$3")" -o "$SUPPLIES/bin/kube-proxy" k8s.io/kubernetes/cmd/kube-proxy
}

# As get.helm.sh has it.
pack_helm() { # VERSION
  mkdir -p linux-amd64 "$SUPPLIES/sites/get.helm.sh"
  cp "$SUPPLIES/bin/helm" linux-amd64/
  tar --create linux-amd64 | gzip -1 >"$SUPPLIES/sites/get.helm.sh/helm-$1-linux-amd64.tar.gz"
}

make_images() { # FOLDER VERSION...
  local version
  for version in "${@:2}"; do "$BIN/kubeadm" config images list --kubernetes-version "$version"; done | sort -u |
    xargs python3 "$1/images.py" "$SUPPLIES/images" "$SUPPLIES/bin" "$TOOLS/rootfs" \
      "$TOOLS/rootfs/etc/ssl/certs/ca-certificates.crt" 'quay.io/calico/node:*'
}
