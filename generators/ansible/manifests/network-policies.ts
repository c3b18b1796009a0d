import type { INetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import type { Model } from "../../../src/model/model.ts";
import { distinct } from "../../../src/order.ts";
import { metadata } from "./metadata.ts";

/** Components that need nothing of AWS, and stand on nodes whose role may do much there. */
const STRANGERS = ["argo-cd", "kube-prometheus-stack"];

/** The metadata service gives whoever asks the rights of the node. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html */
export function networkPolicies({ platform }: Model): readonly object[] {
  const strangers = platform.components.filter(({ id }) => STRANGERS.includes(id));
  return distinct(strangers.map(({ namespace }) => namespace)).map((namespace) => {
    return {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: metadata("no-instance-metadata", namespace),
      spec: {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.169.254/32"] } }] }],
      },
    } satisfies INetworkPolicy;
  });
}
