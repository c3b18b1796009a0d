#!/bin/sh
# Stands for calico-node: gives the containers of this node addresses of its part of the pods' network (podCIDR), and leads
# the other nodes' parts to their addresses. All nodes are on one link here. Without encapsulation, policies and BGP.
set -eu
configuration=/host/etc/cni/net.d/10-calico.conflist

configure() { # CIDR
  part=${1%.*}
  wanted=$(printf '{"cniVersion": "1.0.0", "name": "calico", "plugins": [%s, %s]}' \
    '{"type": "bridge", "bridge": "cni'"${part##*.}"'", "isGateway": true, "ipMasq": true, "hairpinMode": true, "ipam":
      {"type": "host-local", "ranges": [[{"subnet": "'"$1"'"}]], "routes": [{"dst": "0.0.0.0/0"}]}}' \
    '{"type": "portmap", "capabilities": {"portMappings": true}}')
  if [ "$wanted" != "$(cat $configuration 2>/dev/null)" ]; then
    # A node that has joined anew has another part, and a bridge for it; pods on the old one go on.
    ip route delete "$1" dev eth0 2>/dev/null || true
    echo "$wanted" >$configuration
  fi
  touch /tmp/ready
}

# Every node as it is now, and again whenever it changes.
nodes() {
  kubectl get nodes --watch --output 'jsonpath={.metadata.name} {.spec.podCIDR} {.status.addresses[0].address}{"\n"}'
}

while :; do
  nodes | while read -r node cidr address; do
    [ -n "$address" ] || continue # too new to have both
    if [ "$node" = "$NODE" ]; then configure "$cidr"; else ip route replace "$cidr" via "$address" dev eth0 onlink; fi
  done || true
  sleep 5
done
