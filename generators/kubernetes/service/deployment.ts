import type { IDeployment } from "kubernetes-models/apps/v1";
import type { IContainer, ITopologySpreadConstraint, IVolume } from "kubernetes-models/v1";
import type { Model, Service } from "../../../src/model/model.ts";
import { contentHash } from "../content-hash.ts";
import { podName } from "../labels.ts";
import { because } from "../manifest.ts";
import { APPLICATION_USER, containerSecurity, literal, podSpec } from "../pod.ts";
import { containerResources, LOGS } from "../quantity.ts";
import { environmentFrom } from "./config.ts";
import { metadataOf, partOf } from "./metadata.ts";
import { probes } from "./probes.ts";

/** What each writable folder may hold, in MiB. */
const WRITABLE = 512;

export function deployment(model: Model, service: Service): IDeployment {
  const { name, group, stopSeconds } = service;
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: metadataOf(model, service),
    spec: {
      ...(service.replicas !== null && { replicas: service.replicas }),
      revisionHistoryLimit: 3,
      progressDeadlineSeconds: 600,
      selector: { matchLabels: { ...podName(name) } },
      strategy: { type: "RollingUpdate", rollingUpdate: rollingUpdate(service) },
      template: {
        metadata: { labels: { ...partOf(model, service) } },
        spec: {
          ...podSpec({
            group,
            serviceAccount: name,
            uid: APPLICATION_USER,
            containers: [container(service)],
            volumes: service.writable.map(volume),
          }),
          priorityClassName: "services",
          terminationGracePeriodSeconds: stopSeconds,
          ...(service.maxPods > 1 && { topologySpreadConstraints: spread(service) }),
        },
      },
    },
  };
}

/** Where its nodes have room for one pod more, the new pod is there before the old one goes. */
function rollingUpdate({ surge }: Service) {
  return surge
    ? { maxSurge: 1, maxUnavailable: 0 }
    : because("Its nodes have no room for one pod more: an old one goes first.", { maxSurge: 0, maxUnavailable: 1 });
}

function container(service: Service): IContainer {
  const { name, image, command, http, writable, resources, leaveSeconds } = service;
  return {
    name,
    image: image.reference,
    imagePullPolicy: "Always",
    ...(command && { command: command.map(literal) }),
    ...(http && { ports: [{ name: "http", containerPort: http.port, protocol: "TCP" as const }] }),
    ...environmentFrom(service),
    ...probes(service),
    ...(http && { lifecycle: { preStop: { sleep: { seconds: leaveSeconds } } } }),
    resources: containerResources(resources, LOGS + writable.length * WRITABLE),
    securityContext: containerSecurity(APPLICATION_USER),
    ...(writable.length > 0 && {
      volumeMounts: writable.map((path) => ({ name: volumeName(path), mountPath: path })),
    }),
  };
}

function volume(path: string): IVolume {
  return { name: volumeName(path), emptyDir: { sizeLimit: `${WRITABLE}Mi` } };
}

/** `/var/cache` is `var-cache`. Where that loses something, a hash keeps apart what would be alike: `/a_b` and `/a.b`. */
function volumeName(path: string): string {
  const name = path.slice(1).replaceAll("/", "-");
  if (/^(\/[a-z0-9]{1,20}){1,3}$/.test(path)) return name;
  const letters = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, 40)
    .replace(/-$/, "");
  return `${letters}-${contentHash({ path })}`.replace(/^-/, "");
}

/** One pod on each node before any node has two; zones as evenly as it goes. */
function spread({ name, group }: Service): ITopologySpreadConstraint[] {
  const constraint = (
    topologyKey: string,
    whenUnsatisfiable: "DoNotSchedule" | "ScheduleAnyway",
  ): ITopologySpreadConstraint => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable,
    labelSelector: { matchLabels: { ...podName(name) } },
    matchLabelKeys: ["pod-template-hash"],
    nodeTaintsPolicy: "Honor",
  });
  const nodes = constraint("kubernetes.io/hostname", "DoNotSchedule");
  return group.zones.length > 1 ? [nodes, constraint("topology.kubernetes.io/zone", "ScheduleAnyway")] : [nodes];
}
