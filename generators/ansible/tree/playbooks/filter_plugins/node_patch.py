"""What has to change on a Node of Kubernetes so that it has the topology's labels and taints."""

import json

# What an earlier run has set, kept on the node itself: only that is ever taken away.
MANAGED = "topogen.dev/managed"


def node_patch(nodes, name, labels, taints, state):
    """The merge patch for one Node of `kubectl get nodes --output json`, empty where it is as it should be.

    >>> node = {"metadata": {"name": "w", "labels": {"a": "1"}}, "spec": {}}
    >>> node_patch({"items": [node]}, "w", {"a": "2"}, [], "active")["metadata"]["labels"]
    {'a': '2'}
    """
    node = _named(nodes["items"], name)
    if node is None:
        if state == "draining":
            return {}
        raise ValueError(f"the cluster has no node {name}: run 03-join-workers.yml first")
    metadata, spec = node["metadata"], node["spec"]
    annotations = metadata.get("annotations") or {}
    before = json.loads(annotations.get(MANAGED) or "{}")
    wanted = {
        "labels": labels,
        "taints": [{key: value for key, value in taint.items() if value != ""} for taint in taints],
    }
    patch = {}
    changed = _labels(metadata.get("labels") or {}, before.get("labels") or [], wanted["labels"])
    if changed:
        patch["labels"] = changed
    managed = {"labels": sorted(labels), "taints": sorted(map(_identity, taints))}
    if state == "draining":
        managed["state"] = state
    if managed != before:
        patch["annotations"] = {MANAGED: json.dumps(managed, sort_keys=True, separators=(",", ":"))}
    result = {"metadata": patch} if patch else {}
    present = spec.get("taints") or []
    resulting = _taints(present, before.get("taints") or [], wanted["taints"])
    if _set(resulting) != _set(present):
        result["spec"] = {"taints": resulting}
    # A node that has been drained takes pods again. One that a person has cordoned does not.
    if state == "active" and before.get("state") == "draining" and spec.get("unschedulable"):
        result.setdefault("spec", {})["unschedulable"] = None
    return result


def _named(nodes, name):
    return next((node for node in nodes if node["metadata"]["name"] == name), None)


def _identity(taint):
    return f"{taint['key']}:{taint['effect']}"


def _set(taints):
    return sorted((taint["key"], taint.get("value", ""), taint["effect"]) for taint in taints)


def _labels(present, managed, wanted):
    gone = {key: None for key in managed if key in present and key not in wanted}
    return gone | {key: value for key, value in wanted.items() if present.get(key) != value}


def _taints(present, managed, wanted):
    """Those of others (the kubelet, the node controller, a person) stay as they are, with the time that they were set."""
    ours = set(managed) | set(map(_identity, wanted))
    return [taint for taint in present if _identity(taint) not in ours] + wanted


class FilterModule:
    """What Ansible looks for in a filter plugin."""

    def filters(self):
        return {"node_patch": node_patch}
