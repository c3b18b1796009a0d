import type { IObjectMeta } from "@kubernetes-models/apimachinery/apis/meta/v1";

/**
 * Makes the nodes of a NodePort Service the targets of a target group. The part of the CRD that is used here, of
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/v3.5/guide/targetgroupbinding/spec/.
 */
export interface ITargetGroupBinding {
  apiVersion: "elbv2.k8s.aws/v1beta1";
  kind: "TargetGroupBinding";
  metadata: IObjectMeta;
  spec: {
    /** The controller looks its ARN up, so that no output of Terraform is needed here. */
    targetGroupName: string;
    targetType: "instance";
    serviceRef: { name: string; port: number };
    /** Which nodes are targets. */
    nodeSelector: { matchLabels: Record<string, string> };
  };
}
