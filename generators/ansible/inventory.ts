import type { GeneratedFile } from "../../src/generated-file.ts";
import type { Model, Node, NodeGroup } from "../../src/model/model.ts";
import { ansibleYaml } from "../../src/output/yaml.ts";
import hosts from "./hosts.ini.hbs";
import { literal } from "./literal.ts";
import { topologyVariables } from "./topology-variables.ts";

/** The hosts and their variables. A node is one line of hosts.ini and one file, which nothing but its own declaration changes. */
export function inventory(model: Model): readonly GeneratedFile[] {
  return [
    { path: "inventory/hosts.ini", text: hosts(hostsView(model)) },
    { path: "inventory/group_vars/all/topology.yml", text: ansibleYaml(topologyVariables(model)) },
    ...model.nodes.map((node) => ({
      path: `inventory/host_vars/${node.name}.yml`,
      text: ansibleYaml(nodeVariables(node, model)),
    })),
  ];
}

function hostsView({ roles, groups }: Model): object {
  const rolesWhere = (controlPlane: boolean) =>
    roles.filter((role) => role.controlPlane === controlPlane).map((role) => roleGroup(role.name));
  return {
    controlPlane: rolesWhere(true),
    workers: rolesWhere(false),
    roles: roles.map(({ name }) => ({
      name: roleGroup(name),
      groups: groups.filter((group) => group.role.name === name).map((group) => nodeGroup(group.name)),
    })),
    groups: groups.map((group: NodeGroup) => ({
      name: nodeGroup(group.name),
      nodes: group.nodes.map(({ name, address }) => ({ name, address })),
    })),
  };
}

/** Ansible wants no dash in a group's name, nor a group and a host of one name. */
function nodeGroup(name: string): string {
  return `group_${name.replaceAll("-", "_")}`;
}

function roleGroup(name: string): string {
  return `role_${name.replaceAll("-", "_")}`;
}

function nodeVariables(node: Node, { roles }: Model) {
  return literal({
    node_address: node.address,
    node_zone: node.zone.name,
    node_state: node.state,
    node_is_control_plane: node.controlPlane,
    node_pulls_from_ecr: roles.some((role) => role.name === node.role && role.rights.pullImages),
    node_labels: node.labels,
    node_taints: node.taints.map(({ key, value, effect }) => ({ key, value, effect })),
    node_reserved: { cpu: `${node.reservedForSystem.cpu}m`, memory: `${node.reservedForSystem.memory}Mi` },
    node_stop_seconds: node.stopSeconds,
  });
}
