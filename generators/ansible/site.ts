import type { GeneratedFile } from "../../src/generated-file.ts";
import type { Model } from "../../src/model/model.ts";
import { ansibleYaml } from "../../src/output/yaml.ts";

/** Everything in its order: the plays that this topology needs. */
export function site({ platform }: Model): GeneratedFile {
  const plays = [
    { name: "Prepare the machines", file: "01-prerequisites.yml" },
    { name: "Start the control plane", file: "02-init-master.yml" },
    { name: "Join the nodes", file: "03-join-workers.yml" },
    { name: "Install the network", file: "04-cni-install.yml" },
    { name: "Label the nodes", file: "05-label-nodes.yml" },
    { name: "Install the infrastructure", file: "06-infrastructure-components.yml" },
    { name: "Lead the load balancer to the platform", file: "07-ingress-resources.yml" },
    ...(platform.prometheus === null ? [] : [{ name: "Install the monitoring", file: "08-monitoring.yml" }]),
    ...(platform.atlantisHost === null ? [] : [{ name: "Install Atlantis", file: "09-atlantis.yml" }]),
  ];
  const imports = plays.map(({ name, file }) => ({ name, "ansible.builtin.import_playbook": file }));
  return { path: "playbooks/site.yml", text: ansibleYaml(imports) };
}
