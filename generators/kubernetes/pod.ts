import type { IContainer, IPodSpec, ISecurityContext, IToleration, IVolume } from "kubernetes-models/v1";
import type { NodeGroup } from "../../src/model/model.ts";

/** User and group of the services, and of passing tasks: no image of theirs needs another, and none may be root. */
export const APPLICATION_USER = 10001;

/** What differs between the pods that this generator makes; all else is the same for all. */
export interface PodParts {
  readonly group: NodeGroup;
  readonly serviceAccount: string;
  /** User and group of every process, and the group that owns the volumes. */
  readonly uid: number;
  readonly containers: IContainer[];
  readonly volumes: IVolume[];
}

/**
 * A pod that the Pod Security standard `restricted` accepts, on the nodes of its group.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function podSpec({ group, serviceAccount, uid, containers, volumes }: PodParts): IPodSpec {
  return {
    serviceAccountName: serviceAccount,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    nodeSelector: { ...group.selector },
    ...(group.taints.length > 0 && { tolerations: tolerations(group) }),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: uid,
      runAsGroup: uid,
      fsGroup: uid,
      fsGroupChangePolicy: "OnRootMismatch",
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers,
    ...(volumes.length > 0 && { volumes }),
  };
}

function tolerations({ taints }: NodeGroup): IToleration[] {
  return taints.map(({ key, value, effect }) => ({ key, operator: "Equal", ...(value !== "" && { value }), effect }));
}

export function containerSecurity(uid: number): ISecurityContext {
  return {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    privileged: false,
    readOnlyRootFilesystem: true,
    runAsGroup: uid,
    runAsNonRoot: true,
    runAsUser: uid,
  };
}

/**
 * Text in a container's command or environment as it is meant: Kubernetes takes `$(NAME)` there for a variable and `$$` for `$`.
 * https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function literal(text: string): string {
  return text.replace(/\$(?=[$(])/g, "$$$$");
}
