#!/usr/bin/env bash
# ProxyCommand of ssh: carries one connection to a node's address by the first way that there is, so that the inventory is
# the same from everywhere: straight from within the network, through AWS Systems Manager or the bastion from elsewhere.
#
#   connect.sh ADDRESS PORT CLUSTER REGION [BASTION]
set -euo pipefail

address=$1 port=$2 cluster=$3 region=$4 bastion=${5:-}

# Until the node hangs up, as it does when ssh says goodbye.
straight() {
  exec 3<>"/dev/tcp/$address/$port" 4<&0
  cat <&4 >&3 &
  cat <&3
  kill %1 2>/dev/null || true
}

through_systems_manager() {
  local instance
  instance=$(aws ec2 describe-instances --region "$region" --output text \
    --filters "Name=tag:Cluster,Values=$cluster" "Name=private-ip-address,Values=$address" Name=instance-state-name,Values=running \
    --query 'Reservations[].Instances[].InstanceId')
  if [ -z "$instance" ]; then
    echo "connect.sh: no running instance of $cluster has the address $address" >&2
    exit 1
  fi
  exec aws ssm start-session --region "$region" --target "$instance" \
    --document-name AWS-StartSSHSession --parameters "portNumber=$port"
}

# shellcheck disable=SC2016 # the bash that timeout starts is to expand it
if timeout 3 bash -c '<"/dev/tcp/$0/$1"' "$address" "$port" 2>/dev/null; then
  straight
elif [ -n "$bastion" ]; then
  exec ssh -o StrictHostKeyChecking=accept-new -W "$address:$port" "$bastion"
else
  through_systems_manager
fi
