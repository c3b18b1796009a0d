import type { IJob } from "kubernetes-models/batch/v1";
import type { INetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import type { IEnvVar } from "kubernetes-models/v1";
import type { Http, Model, Route, Service } from "../../../src/model/model.ts";
import { checkOf, labels, podName } from "../labels.ts";
import { internet, podsOf, tcp } from "../peers.ts";
import { APPLICATION_USER, containerSecurity, literal, podSpec } from "../pod.ts";
import { containerResources, LOGS } from "../quantity.ts";
import { CURL_IMAGE } from "../images.ts";
import script from "./check.sh";

/** Runs after each sync of the service, and fails the sync if the service does not work. */
export function check(model: Model, service: Service, http: Http): IJob {
  const name = `${service.name}-check`;
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name,
      namespace: service.namespace,
      labels: { ...checkLabels(model, service) },
      annotations: {
        "argocd.argoproj.io/hook": "PostSync",
        "argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation,HookSucceeded",
      },
    },
    spec: {
      activeDeadlineSeconds: 1200,
      backoffLimit: 0,
      ttlSecondsAfterFinished: 86400,
      template: {
        metadata: { labels: { ...checkLabels(model, service) } },
        spec: {
          ...podSpec({
            group: service.group,
            serviceAccount: service.name,
            uid: APPLICATION_USER,
            containers: [
              {
                name: "check",
                image: CURL_IMAGE,
                imagePullPolicy: "Always",
                command: ["/bin/sh", "-c", literal(script)],
                env: addresses(model, service, http),
                resources: containerResources({ cpu: 10, memory: 32, cpuLimit: 100 }, LOGS),
                securityContext: containerSecurity(APPLICATION_USER),
              },
            ],
            volumes: [],
          }),
          restartPolicy: "Never",
        },
      },
    },
  };
}

export function checkPolicy(model: Model, service: Service, http: Http): INetworkPolicy {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: checkOf(service.name), namespace: service.namespace, labels: { ...checkLabels(model, service) } },
    spec: {
      podSelector: { matchLabels: { ...podName(checkOf(service.name)) } },
      policyTypes: ["Ingress", "Egress"],
      egress: [
        { to: [podsOf(service.namespace, service.name)], ports: tcp(http.port) },
        ...(publicRoute(model, http) ? [internet(model.network)] : []),
      ],
    },
  };
}

function checkLabels({ name }: Model, service: Service) {
  return labels(name, checkOf(service.name), "check");
}

function addresses(model: Model, { name, namespace }: Service, http: Http): IEnvVar[] {
  const route = publicRoute(model, http);
  return [
    { name: "HEALTH_URL", value: `http://${name}.${namespace}.svc.cluster.local:${http.port}${http.health}` },
    ...(route ? [{ name: "PUBLIC_URL", value: `https://${route.host}${route.path ?? "/"}` }] : []),
  ];
}

/** The public way to the service. Nodes without NAT cannot take it: the load balancer's addresses are public. */
function publicRoute({ network }: Model, { route }: Http): Route | null {
  return network.nat === "none" ? null : route;
}
