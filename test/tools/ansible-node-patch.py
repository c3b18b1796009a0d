"""What node_patch.py promises, on 2,000 nodes drawn at random: python3 ansible-node-patch.py FOLDER_OF_THE_FILTER"""

import copy
import doctest
import random
import sys

sys.path.insert(0, sys.argv[1])
import node_patch as filter_plugin  # noqa: E402

draw = random.Random(7)
KEYS = [f"example.app/key-{number}" for number in range(6)]
EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"]


def labels():
    return {key: draw.choice("abc") for key in draw.sample(KEYS, draw.randrange(5))}


def taints():
    chosen = draw.sample([(key, effect) for key in KEYS for effect in EFFECTS], draw.randrange(4))
    return [{"key": key, "value": draw.choice(["", "a", "b"]), "effect": effect} for key, effect in chosen]


def merge(target, patch):
    """JSON merge patch, RFC 7396."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merge(result.get(key), value)
    return result


def as_set(several):
    return {(taint["key"], taint.get("value", ""), taint["effect"]) for taint in several}


def identities(several):
    return {(taint["key"], taint["effect"]) for taint in several}


def check():
    foreign_labels, foreign_taints = labels(), taints()
    node = {"metadata": {"name": "n", "labels": dict(foreign_labels)}, "spec": {"taints": copy.deepcopy(foreign_taints)}}
    if not foreign_taints and draw.random() < 0.5:
        del node["spec"]["taints"]
    ever_labels, ever_taints = set(), set()
    for _ in range(3):
        wanted_labels, wanted_taints = labels(), taints()
        ever_labels |= set(wanted_labels)
        ever_taints |= identities(wanted_taints)
        arguments = ("n", wanted_labels, wanted_taints, "active")
        node = merge(node, filter_plugin.node_patch({"items": [copy.deepcopy(node)]}, *arguments))
        assert filter_plugin.node_patch({"items": [node]}, *arguments) == {}, "the second run has nothing to do"
        present = node["metadata"]["labels"]
        kept = {key: value for key, value in foreign_labels.items() if key not in ever_labels}
        assert present == kept | wanted_labels, (present, kept, wanted_labels)
        others = [taint for taint in foreign_taints if (taint["key"], taint["effect"]) not in ever_taints]
        assert as_set(node["spec"].get("taints", [])) == as_set(others + wanted_taints)


assert doctest.testmod(filter_plugin).failed == 0
for _ in range(2000):
    check()
assert filter_plugin.node_patch({"items": []}, "gone", {}, [], "draining") == {}


def patched(node, state):
    return merge(node, filter_plugin.node_patch({"items": [copy.deepcopy(node)]}, "n", {}, [], state))


cordoned = {"unschedulable": True}
drained = patched({"metadata": {"name": "n"}, "spec": {}}, "draining") | {"spec": cordoned}
assert patched(drained, "draining") == drained
assert "unschedulable" not in patched(drained, "active")["spec"], "a drained node takes pods again"
assert patched(patched(drained, "active") | {"spec": cordoned}, "active")["spec"] == cordoned, "a person's stays"
try:
    filter_plugin.node_patch({"items": []}, "gone", {}, [], "active")
    raise SystemExit("a node that is not there has to be an error")
except ValueError as error:
    assert "03-join-workers.yml" in str(error)
print("ok")
