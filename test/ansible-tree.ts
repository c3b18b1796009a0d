import { parse, parseAllDocuments } from "yaml";
import { ansible } from "../generators/ansible/index.ts";
import type { Model } from "../src/model/model.ts";
import type { Topology } from "../src/topology.ts";
import { fourteenNodes, modelWith } from "./fourteen-nodes.ts";

/** Topologies that between them lead to every file and every branch of the generator. */
export const shapes: Readonly<Record<string, Partial<Topology>>> = {
  "the 14 nodes": {},
  "three control-plane nodes": {
    nodes: nodesWith("master", { role: "control-plane", count: 3, address: "10.0.1.10", zones: ["a", "b", "c"] }),
  },
  "the controller's load balancer": { edge: { loadBalancer: "controller" } },
  "no monitoring, no Atlantis": { platform: { on: "monitoring", monitoring: false, atlantis: false } },
  "a bastion, Docker Hub, IP in IP": {
    access: { ...fourteenNodes.access, via: "bastion", from: ["192.0.2.0/24"] },
    images: { registry: "dockerhub/acme" },
    kubernetes: { encapsulation: "ipip" },
  },
  "a node that is to leave": { nodes: nodesWith("scan-worker", { members: { 2: { state: "draining" } } }) },
};

function nodesWith(name: string, change: object): Topology["nodes"] {
  return { ...fourteenNodes.nodes, [name]: { ...fourteenNodes.nodes[name], ...change } as Topology["nodes"][string] };
}

export function modelOf(shape: string): Model {
  return modelWith(shapes[shape] ?? {});
}

const trees = new WeakMap<Model, ReadonlyMap<string, string>>();

/** The files by their path from the tree's own folder. */
export function treeOf(model: Model): ReadonlyMap<string, string> {
  const tree = trees.get(model) ?? render(model);
  trees.set(model, tree);
  return tree;
}

function render(model: Model): ReadonlyMap<string, string> {
  return new Map(ansible(model).map(({ path, text }) => [path.slice(model.paths.ansible.length + 1), text]));
}

/** A YAML file of the tree as Ansible reads it, tags left out. */
export function read(model: Model, path: string): any {
  return parse(textOf(model, path), { version: "1.1", logLevel: "error" });
}

/** The Kubernetes objects of one of its files. */
export function objectsIn(model: Model, path: string): any[] {
  return parseAllDocuments(textOf(model, path)).map((document) => document.toJS());
}

export function textOf(model: Model, path: string): string {
  const text = treeOf(model).get(path);
  if (text === undefined) throw new Error(`there is no ${path}`);
  return text;
}
