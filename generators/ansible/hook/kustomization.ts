import type { GeneratedFile } from "../../../src/generated-file.ts";
import type { YamlValue } from "../../../src/output/yaml.ts";
import { hookAnnotations, NAMESPACE } from "./metadata.ts";

/** The user that the Job runs as: ssh refuses to work for one that it cannot find. */
const PASSWD = "passwd=ansible:x:10001:10001:Ansible:/home/ansible:/bin/sh";

/** A ConfigMap holds 1 MiB, so the nodes have one of their own: room for more than a thousand. */
export function kustomization(tree: readonly GeneratedFile[]): YamlValue {
  const isNode = ({ path }: GeneratedFile) => path.startsWith("inventory/host_vars/");
  const nodes = tree.filter(isNode).map(entry);
  const playbooks = tree.filter((file) => !isNode(file)).map(entry);
  return {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    namespace: NAMESPACE,
    resources: ["hook/access.yaml", "hook/job.yaml"],
    configMapGenerator: [
      { name: "ansible-playbooks", files: playbooks, options: options({}) },
      { name: "ansible-nodes", files: nodes, options: options({}) },
      {
        name: "ansible-playbooks-of-this-run",
        files: [...playbooks, "run.sh=hook/run.sh"],
        literals: [PASSWD],
        options: options(hookAnnotations(-1)),
      },
      { name: "ansible-nodes-of-this-run", files: nodes, options: options(hookAnnotations(-1)) },
    ],
  };
}

/** A key has no slashes: `inventory/hosts.ini` is `inventory__hosts.ini`, and run.sh puts it back. */
function entry({ path }: GeneratedFile): string {
  return `${path.replaceAll("/", "__")}=${path}`;
}

/** Applied on the server's side, because the client's would keep a second copy in an annotation that is too small for it. */
function options(annotations: Readonly<Record<string, string>>) {
  return {
    disableNameSuffixHash: true,
    annotations: { ...annotations, "argocd.argoproj.io/sync-options": "ServerSideApply=true" },
  };
}
