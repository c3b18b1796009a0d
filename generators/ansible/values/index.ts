import type { GeneratedFile } from "../../../src/generated-file.ts";
import type { ComponentId, Model } from "../../../src/model/model.ts";
import { ansibleYaml, type YamlValue } from "../../../src/output/yaml.ts";
import { argoCd } from "./argo-cd.ts";
import { atlantis } from "./atlantis.ts";
import { awsEbsCsiDriver } from "./aws-ebs-csi-driver.ts";
import { awsLoadBalancerController } from "./aws-load-balancer-controller.ts";
import { certManager } from "./cert-manager.ts";
import { externalSecrets } from "./external-secrets.ts";
import { kubePrometheusStack } from "./kube-prometheus-stack.ts";
import { metricsServer } from "./metrics-server.ts";
import { tigeraOperator } from "./tigera-operator.ts";

const VALUES: Readonly<Record<ComponentId, (model: Model) => YamlValue>> = {
  "tigera-operator": tigeraOperator,
  "cert-manager": certManager,
  "aws-ebs-csi-driver": awsEbsCsiDriver,
  "aws-load-balancer-controller": awsLoadBalancerController,
  "metrics-server": metricsServer,
  "external-secrets": externalSecrets,
  "argo-cd": argoCd,
  "kube-prometheus-stack": kubePrometheusStack,
  atlantis,
};

/** One file of Helm values for each component: its size and place as the model has them, and what makes it fit the rest. */
export function values(model: Model): readonly GeneratedFile[] {
  return model.platform.components.map(({ id }) => ({
    path: `values/${id}.yml`,
    text: ansibleYaml(VALUES[id](model)),
  }));
}
