import type { Fact, Facts, ServiceFact, ServicePort } from "./facts.ts";
import type { Labels } from "../model/model.ts";

/** How the load balancer comes to a Service, whoever builds it. */
export interface WayIn extends Fact {
  /** Of the target group, or of the Ingress. */
  readonly name: string;
  /** `Service api/auth`, and its port, as they are told. */
  readonly target: string;
  /** Undefined where there is no such Service, or where it has no such port. */
  readonly service: ServiceFact | undefined;
  readonly port: ServicePort | undefined;
  readonly nodeSelector: Labels;
  /** The path of the health check. */
  readonly health: string | undefined;
  /** Hosts with paths, such as `api.example.app/auth`. */
  readonly addresses: readonly string[];
}

const known = new WeakMap<Facts, readonly WayIn[]>();

/** The ways in that TargetGroupBindings and Ingresses lead. Several checks ask for them: they are worked out once for all facts. */
export function waysIn(facts: Facts): readonly WayIn[] {
  const ways = known.get(facts) ?? findWaysIn(facts);
  known.set(facts, ways);
  return ways;
}

function findWaysIn(facts: Facts): readonly WayIn[] {
  const { bindings, ingresses } = facts.kubernetes;
  const services = servicesByName(facts);
  const target = ({ namespace, service: name, port }: Target) => {
    const service = services.get(`${namespace}/${name}`);
    const found = service?.ports.find((each) => String(each.port) === port);
    return { target: `${namespace}/${name}:${port}`, service, port: found };
  };
  return [
    ...bindings.map(({ file, nodeSelector, targetGroup: name, ...told }) => {
      const { health, host = "", paths = [] } = facts.terraform.targetGroups.get(name) ?? {};
      const addresses = paths.length > 0 ? paths.map((path) => host + path) : [`${host}/`];
      return { file, name, nodeSelector, health, addresses, ...target(told) };
    }),
    ...ingresses.map(({ file, name, nodeSelector, health, host, path, ...told }) => ({
      file,
      name,
      nodeSelector,
      health,
      addresses: [host + path],
      ...target(told),
    })),
  ];
}

interface Target {
  readonly namespace: string;
  readonly service: string;
  readonly port: string;
}

/** All Services, those that Helm charts make too, by namespace and name. */
export function servicesByName({ kubernetes, components }: Facts): ReadonlyMap<string, ServiceFact> {
  const all = [...kubernetes.services, ...components.flatMap(({ services }) => services)];
  return new Map(all.map((service) => [`${service.namespace}/${service.name}`, service]));
}
