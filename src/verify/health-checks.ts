import type { Check } from "./contradiction.ts";
import type { Fact, Facts, ServiceFact } from "./facts.ts";
import { podSelection } from "./pod-selection.ts";
import { servicesByName, waysIn } from "./ways-in.ts";
import { nameOf } from "./wording.ts";

/** Who asks a Service whether its pods work. */
interface Asker extends Fact {
  readonly name: string;
  readonly service: ServiceFact | undefined;
  readonly path: string;
}

/** The load balancer, and the check after a sync, ask for what the pods' own probe asks for. */
export const healthChecksAskWhatProbesAsk: Check = (facts) => {
  const podsBehind = podSelection(facts.kubernetes);
  return [...loadBalancers(facts), ...checksAfterSync(facts)].flatMap(({ file, name, service, path }) =>
    podsBehind(service).flatMap((workload) => {
      const paths = workload.probes.flatMap((probe) => probe.path ?? []);
      if (paths.length === 0 || paths.includes(path)) return [];
      return [{ file, message: `${name} asks ${path}, ${nameOf(workload)} answers ${paths[0]}` }];
    }),
  );
};

function loadBalancers(facts: Facts): readonly Asker[] {
  return waysIn(facts).flatMap(({ file, service, health }) =>
    health === undefined ? [] : [{ file, name: "the load balancer", service, path: health }],
  );
}

function checksAfterSync(facts: Facts): readonly Asker[] {
  const services = servicesByName(facts);
  return facts.kubernetes.workloads.flatMap((workload) => {
    const { HEALTH_URL: url } = workload.variables;
    const [address] = workload.addresses;
    if (url === undefined || !address) return [];
    const service = services.get(`${address.namespace}/${address.service}`);
    return [{ file: workload.file, name: nameOf(workload), service, path: url.replace(/^http:\/\/[^/]+/, "") }];
  });
}
