#!/usr/bin/env bash
# What the Job of job.yaml runs. Its log is the playbooks' own: `kubectl --namespace ansible logs job/cluster-configuration`,
# or in Argo CD the log of that Job; it stays until the next run.
set -euo pipefail

# Keys of a ConfigMap have no slashes.
for file in /tree/*__* /tree/ansible.cfg; do
  name=${file##*/}
  path=$HOME/tree/${name//__//}
  mkdir -p "${path%/*}"
  cp "$file" "$path"
done
cd "$HOME/tree"
chmod +x bin/connect.sh

# The nodes' own keys are trusted at first sight in every run: nothing outlives the Job that could keep them, and its network
# policy leads ssh into the VPC only, where AWS hands what is sent to an address to the machine that has it.
# ssh wants a key that nobody else can read, and that ends with a line break.
install -m 600 /dev/null "$HOME/key"
{ cat /ssh/ssh-privatekey; echo; } >"$HOME/key"

ansible-galaxy collection install --requirements-file collections/requirements.yml --collections-path collections
exec ansible-playbook --private-key "$HOME/key" playbooks/site.yml
