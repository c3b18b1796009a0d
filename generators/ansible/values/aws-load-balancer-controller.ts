import type { Model } from "../../../src/model/model.ts";
import type { YamlValue } from "../../../src/output/yaml.ts";
import { pod, podOf } from "./placement.ts";

/** https://github.com/aws/eks-charts/blob/master/stable/aws-load-balancer-controller/values.yaml */
export function awsLoadBalancerController(model: Model): YamlValue {
  return {
    clusterName: model.id,
    region: model.region,
    replicaCount: podOf(model, "aws-load-balancer-controller", "controller").replicas,
    // Pods have addresses that the load balancer cannot reach: it goes through the nodes' ports.
    defaultTargetType: "instance",
    createIngressClassResource: model.edge.owner === "controller",
    enableServiceMutatorWebhook: false,
    // Otherwise each upgrade makes another certificate.
    keepTLSSecret: true,
    ...pod(model, "aws-load-balancer-controller", "controller"),
  };
}
