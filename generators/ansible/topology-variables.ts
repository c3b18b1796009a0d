import type { Component, ComponentId, Model } from "../../src/model/model.ts";
import type { YamlValue } from "../../src/output/yaml.ts";
import { literal } from "./literal.ts";

/** What the playbooks ask for by name; constants.yml beside it holds what is the same everywhere. */
export function topologyVariables(model: Model): YamlValue {
  const { access, kubernetes, network, platform, registry } = model;
  return {
    ansible_user: access.user,
    ansible_ssh_common_args: proxyCommand(model),
    ...(literal({
      cluster_id: model.id,
      authorized_keys: access.keys,
      kubernetes_version: kubernetes.version,
      kubernetes_minor: kubernetes.minor,
      api_host: kubernetes.endpoint.host,
      api_port: kubernetes.endpoint.port,
      pod_network: network.pods,
      service_network: network.services,
      ecr_registry: registry.kind === "ecr" ? registry.host : null,
      etcd_backup_url: etcdBackupUrl(model),
      aws_region: model.region,
      infrastructure_components: platform.components.map(({ id }) => id).filter(isInfrastructure),
      helm_releases: Object.fromEntries(platform.components.map((component) => [component.id, release(component)])),
    }) as { readonly [key: string]: YamlValue }),
  };
}

/** The one way to every node from everywhere. The folder is Ansible's own variable. */
function proxyCommand({ access, id, region }: Model): string {
  const bastion = access.bastionHost === null ? "" : ` ${access.user}@${access.bastionHost}`;
  return `-o ProxyCommand="{{ inventory_dir }}/../bin/connect.sh %h %p ${id} ${region}${bastion}"`;
}

/** Those with a play of their own are not installed by 06-infrastructure-components. */
function isInfrastructure(id: ComponentId): boolean {
  return !["tigera-operator", "kube-prometheus-stack", "atlantis"].includes(id);
}

function release({ release: name, repository, chart, version, namespace }: Component) {
  return { name, repository, chart, version, namespace };
}

/** Where etcd's snapshots go, without a slash at the end. */
function etcdBackupUrl({ buckets, kubernetes }: Model): string {
  const bucket = buckets.find(({ purpose }) => purpose === "backups");
  return `s3://${bucket?.fullName}/${kubernetes.snapshots.prefix.replace(/\/$/, "")}`;
}
