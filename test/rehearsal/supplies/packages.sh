#!/usr/bin/env bash
# Makes Kubernetes' packages for Debian out of programs, and the signed apt repository that pkgs.k8s.io would be.
#
#   packages.sh REPOSITORY PROGRAMS CNI VERSION...       PROGRAMS/kubelet-VERSION, kubeadm-VERSION and kubectl; CNI: the plugins
#
# Names, dependencies and units are those of the real packages. cri-tools is empty: kubeadm 1.32 does not call crictl.
set -euo pipefail

repository=$1 programs=$2 cni=$3
shift 3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$repository/amd64"

package() { # NAME VERSION DEPENDS: its files are in $work/NAME
  mkdir -p "$work/$1/DEBIAN"
  printf 'Package: %s\nVersion: %s-1.1\nArchitecture: amd64\nMaintainer: rehearsal <rehearsal@localhost>\nDescription: %s\nDepends: %s\n' \
    "$1" "$2" "$1" "$3" | grep -v ': $' >"$work/$1/DEBIAN/control"
  dpkg-deb --root-owner-group -Zgzip -z1 --build "$work/$1" "$repository/amd64/$1_$2-1.1_amd64.deb" >/dev/null
}

kubelet_unit() {
  cat <<'UNIT'
[Unit]
Description=kubelet: The Kubernetes Node Agent
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=/usr/bin/kubelet
Restart=always
StartLimitInterval=0
RestartSec=10

[Install]
WantedBy=multi-user.target
UNIT
}

kubeadm_drop_in() {
  cat <<'UNIT'
[Service]
Environment="KUBELET_KUBECONFIG_ARGS=--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf"
Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml"
EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env
EnvironmentFile=-/etc/default/kubelet
ExecStart=
ExecStart=/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS
UNIT
}

# What dpkg runs after unpacking, as the real package's does: the kubelet starts at once, and again after an upgrade.
kubelet_start() {
  printf '#!/bin/sh\nset -e\nif [ "$1" = configure ]; then systemctl daemon-reload; systemctl enable kubelet; systemctl restart kubelet || true; fi\n'
}

packages_of() { # VERSION
  local units=usr/lib/systemd/system
  mkdir -p "$work"/{kubelet,kubeadm,kubectl}/usr/bin "$work"/kubelet/{$units,DEBIAN,etc/kubernetes/manifests} "$work/kubeadm/$units/kubelet.service.d"
  install "$programs/kubelet-$1" "$work/kubelet/usr/bin/kubelet"
  install "$programs/kubeadm-$1" "$work/kubeadm/usr/bin/kubeadm"
  install "$programs/kubectl" "$work/kubectl/usr/bin/kubectl"
  kubelet_unit >"$work/kubelet/$units/kubelet.service"
  kubelet_start | install -m 755 /dev/stdin "$work/kubelet/DEBIAN/postinst"
  kubeadm_drop_in >"$work/kubeadm/$units/kubelet.service.d/10-kubeadm.conf"
  package kubectl "$1" ''
  package kubelet "$1" 'iptables (>= 1.4.21), kubernetes-cni (>= 1.2.0), iproute2, mount, util-linux'
  package kubeadm "$1" 'kubelet (>= 1.19.0), kubectl (>= 1.19.0), kubernetes-cni (>= 1.2.0), cri-tools (>= 1.30.0)'
}

sign() { # in the repository: the index and its signature, and the key
  export GNUPGHOME=$work/gnupg
  mkdir -m 700 "$GNUPGHOME"
  local gpg=(gpg --batch --yes --quiet --pinentry-mode loopback --passphrase '')
  "${gpg[@]}" --quick-gen-key rehearsal@localhost rsa2048 sign never
  dpkg-scanpackages --multiversion . 2>/dev/null >Packages
  {
    printf 'Origin: rehearsal\nArchitectures: amd64\nDate: %s\nSHA256:\n' "$(date --utc --rfc-email | sed 's/+0000/UTC/')"
    echo " $(sha256sum Packages | cut -d' ' -f1) $(stat --format=%s Packages) Packages"
  } >Release
  "${gpg[@]}" --clearsign --output InRelease Release
  "${gpg[@]}" --armor --export rehearsal@localhost >Release.key
  gpgconf --kill gpg-agent
}

mkdir -p "$work/kubernetes-cni/opt/cni/bin" "$work/cri-tools"
cp "$cni"/* "$work/kubernetes-cni/opt/cni/bin/"
package kubernetes-cni 1.6.0 ''
package cri-tools 1.32.0 ''
for version; do packages_of "$version"; done
cd "$repository"
sign
