/** The 14 nodes and what else the language can say, as the text of a topology. */
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";

export const fourteenNodes = readFileSync("topology.yaml", "utf8");

/** A text with some of its words replaced, as a person edits it. Each must be there. */
export function edited(text: string, ...edits: readonly (readonly [string, string])[]): string {
  return edits.reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new Error(`the topology does not say ${JSON.stringify(from)}`);
    return before.replace(from, to);
  }, text);
}

const goldens = readdirSync("test/golden").map((name): [string, string] => {
  return [basename(name), readFileSync(`test/golden/${name}/topology.yaml`, "utf8")];
});

/** Every shape besides the 14 nodes, by name. */
export const shapes: ReadonlyMap<string, string> = new Map([
  ...goldens,
  ["no NAT", edited(fourteenNodes, ["nat: single", "nat: none"])],
  ["a bastion", edited(fourteenNodes, ["via: ssm", "via: bastion\n  from: [203.0.113.0/24]"])],
  ["IP in IP", edited(fourteenNodes, ["calico: v3.30.7", "calico: v3.30.7\n  encapsulation: ipip"])],
  [
    "the controller's load balancer",
    edited(fourteenNodes, ["cdn: true, ingressFile", "cdn: true, loadBalancer: controller, ingressFile"]),
  ],
  [
    "no CloudFront",
    edited(fourteenNodes, ["assets: { cdn: true }", "assets: {}"], ["cdn: true, ingressFile", "ingressFile"]),
  ],
  [
    "no Atlantis, no monitoring",
    edited(fourteenNodes, ["{ on: monitoring }", "{ on: monitoring, atlantis: false, monitoring: false }"]),
  ],
  [
    "100 nodes",
    edited(fourteenNodes, [
      "count: 2, zones: [a, b], address: 10.0.1.40",
      "count: 88, zones: [a, b], address: 10.0.1.100",
    ]),
  ],
]);
