import type { Meaning } from "./meaning.ts";

/** What is wrong before a topology means anything: the text, its keys and the form of its values. */
export const form = {
  syntax: [
    "The file is YAML.",
    "YAML tells structure by indentation, brackets and quotes. Where one of them is wrong, all that follows would be read as something else, so nothing is. Mend the first mistake; others may come to light after it.",
  ],
  empty: ["The file says something.", "A file of comments alone is more often an accident than a wish."],
  unreadable: [
    "The file can be read as YAML.",
    "The parser gave up without saying why. The last change is where to look.",
  ],
  "not-allowed": [
    "A topology uses the plain part of YAML: no anchors, aliases, tags, merge keys or second documents.",
    "They hide what a value is from the person who reads it and from the tools that edit it.",
  ],
  "repeated-key": [
    "A key stands once in its map.",
    "YAML readers disagree on which of the two counts, and a reader would believe the first.",
  ],
  "too-deep": ["Values are nested at most 64 levels deep.", "No topology is; a bracket was not closed."],
  "unknown-key": [
    "Every key is one that the language has there.",
    "A misspelt key that was ignored would leave a default in force, and nobody would know.",
  ],
  "missing-key": ["What has no default is said.", "topogen guesses nothing that only you can know."],
  "wrong-type": [
    "Every value has the type that its key asks for.",
    "YAML decides by the look of a value: `1.30` is the number 1.3 without quotes, and an account that begins with 0 loses it.",
  ],
  "no-value": ["A key has a value.", "Empty can mean none, all or the default. Leave the key out for the default."],
  "not-a-choice": [
    "Where there are a few choices, the value is one of them.",
    "Anything else would mean nothing to the tool that reads it.",
  ],
  "bad-form": [
    "A text has the form that the tools behind it accept.",
    "Names become DNS labels, addresses and sizes are read by AWS and Kubernetes: what one of them refuses is found here, and not halfway through a rollout.",
  ],
  "too-long": [
    "A text is no longer than what reads it allows.",
    "Names are cut or refused beyond that, by AWS, by DNS or by Kubernetes.",
  ],
  "too-small": [
    "A number is not below what makes sense.",
    "Ports below 1024 need root, and a count of 0 is said with `state` or by leaving the thing out.",
  ],
  "too-large": [
    "A number, and the file itself, is not above what makes sense.",
    "There are no ports above 65535. A topology is not larger than 1 MiB: it would be the wrong file.",
  ],
  "too-few": [
    "A list has at least what is needed.",
    "An empty list would mean that nobody may log in, or that there is no zone.",
  ],
  "too-many": [
    "A list or a map has no more entries than the tools accept.",
    "They would refuse it, or be slow with it.",
  ],
  "repeated-item": [
    "A list has each item once.",
    "The second changes nothing, and makes people wonder what it is for.",
  ],
  invalid: [
    "The topology is what the schema asks for.",
    "The message is that of JSON Schema, for which topogen has no words of its own.",
  ],
} as const satisfies Record<string, Meaning>;

/** What `gen` refuses to do to a tree that is in use. */
export const change = {
  "node-not-drained": [
    "A node is drained before it goes.",
    "Its pods would stop at once, and with the last copy of a volume's owner the data would be out of reach. Say `state: draining`, let Ansible move the pods, then remove the node.",
  ],
  "data-left-behind": [
    "A datastore keeps a version that reads its data, on a volume that holds it.",
    "PostgreSQL of another major version stops at the files of the old one, RabbitMQ and Redis read nothing that a newer version has written, Kubernetes refuses to make a volume smaller, and an EBS volume stays in the zone in which it was made. Add a datastore of the new version or size beside the old one, move the data with the program's own tools (pg_dump, a definitions file, a replica), then remove the old one.",
  ],
  "service-left-behind": [
    "A service is gone from its namespace before it comes to another, and before no role has that namespace.",
    "Argo CD removes what is gone when all that is new is there. A node port is the whole cluster's: the new Service is refused while the old one has it, and the old one waits for the new. In a namespace that no role has any more, Argo CD may delete nothing: what was there would run for ever.",
  ],
  "smaller-disk": [
    "A disk grows, and never becomes smaller.",
    "AWS refuses to make an EBS volume smaller, so `atlantis apply` would fail halfway. Nodes with smaller disks are other nodes.",
  ],
  "version-jump": [
    "Kubernetes goes up by one minor version at a time, and never down.",
    "kubeadm and the API server know the minor version before their own, and no other: `upgrade-kubernetes.yml` would refuse. Where no cluster has been made of the tree yet, allow it by name.",
  ],
  protected: [
    "What Terraform protects is neither destroyed nor replaced in passing.",
    "The control plane, datastores' nodes and buckets hold what cannot be made again. Terraform would refuse the plan; here it is known before the commit.",
  ],
} as const satisfies Record<string, Meaning>;
