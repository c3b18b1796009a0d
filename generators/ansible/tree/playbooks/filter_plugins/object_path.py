"""Names an object of Kubernetes as the playbooks compare it."""


def object_path(manifest):
    """
    >>> object_path({"kind": "Ingress", "metadata": {"name": "grafana", "namespace": "monitoring"}})
    'Ingress/grafana/monitoring'
    """
    return "/".join([manifest["kind"], manifest["metadata"]["name"], manifest["metadata"]["namespace"]])


class FilterModule:
    """What Ansible looks for in a filter plugin."""

    def filters(self):
        return {"object_path": object_path}
