/** Names an object as one of Ansible's: what has this label and is in no manifest any more is deleted. */
export function metadata(name: string, namespace?: string) {
  const labels = { "app.kubernetes.io/managed-by": "ansible" };
  return namespace === undefined ? { name, labels } : { name, namespace, labels };
}
