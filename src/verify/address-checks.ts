import { groupedBy } from "../grouped-by.ts";
import type { Check } from "./contradiction.ts";
import type { Address, Facts, Workload } from "./facts.ts";
import { podSelection, portNumber } from "./pod-selection.ts";
import { type Edge, openEdges } from "./policy-edges.ts";
import { servicesByName, waysIn } from "./ways-in.ts";
import { nameOf } from "./wording.ts";

/**
 * Who may open a connection to other pods is told a Service's name and port that lead there. Other addresses among the variables
 * may be the topology's own, and are not judged. Of the tasks that share a policy, one may do its work without a connection.
 */
export const connectionsAreTold: Check = (facts) => {
  const knows = toldDestinations(facts);
  const edges = openEdges(facts.kubernetes, "egress");
  const told = new Set(edges.filter(knows).map(opening));
  return edges
    .filter((edge) => !knows(edge) && (edge.from.addresses.length > 0 || !told.has(opening(edge))))
    .map(({ from, to, port }) => ({
      file: from.file,
      message: `${nameOf(from)} may reach ${nameOf(to)} on the port ${port}, and is told no address of it`,
    }));
};

/** What of a policy opens the connection. */
function opening({ file, to, port }: Edge): string {
  return `${file} ${nameOf(to)} ${port}`;
}

/** Tells whether the one end of a connection is told an address of the other. */
function toldDestinations(facts: Facts): (edge: Edge) => boolean {
  const leadsTo = destinations(facts);
  const told = new Map<Workload, ReadonlySet<string>>();
  return ({ from, to, port }) => {
    const known = told.get(from) ?? new Set(addressesOf(facts, from).flatMap(leadsTo));
    told.set(from, known);
    return known.has(`${nameOf(to)} ${port}`);
  };
}

function addressesOf({ kubernetes }: Facts, { namespace, addresses, variablesFrom }: Workload): readonly Address[] {
  return [...addresses, ...variablesFrom.flatMap((name) => kubernetes.configMaps.get(`${namespace}/${name}`) ?? [])];
}

/** Finds the workloads and their ports that an address leads to. */
function destinations(facts: Facts): (address: Address) => readonly string[] {
  const services = servicesByName(facts);
  const podsBehind = podSelection(facts.kubernetes);
  return ({ namespace, service: name, port }) => {
    const service = services.get(`${namespace}/${name}`);
    const { target } = service?.ports.find((each) => String(each.port) === port) ?? {};
    if (target === undefined) return [];
    return podsBehind(service).map((workload) => `${nameOf(workload)} ${portNumber(workload, target)}`);
  };
}

/** What the check of a service asks as its users do is a host and a path that the load balancer leads to that service. */
export const publicAddressesAreLedIn: Check = (facts) => {
  const ways = groupedBy(waysIn(facts), ({ service }) => (service ? `${service.namespace}/${service.name}` : ""));
  return facts.kubernetes.workloads.flatMap((check) => {
    const { PUBLIC_URL: asked } = check.variables;
    const [{ namespace, service } = { namespace: "", service: "" }] = check.addresses;
    if (asked === undefined) return [];
    const led = (ways.get(`${namespace}/${service}`) ?? []).flatMap(({ addresses }) => addresses);
    if (led.includes(asked.replace("https://", ""))) return [];
    const message = `${nameOf(check)} asks ${asked}, but the load balancer leads ${led.join(", ") || "nothing"} to ${service}`;
    return [{ file: check.file, message }];
  });
};
