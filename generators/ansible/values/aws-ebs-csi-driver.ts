import type { Model } from "../../../src/model/model.ts";
import type { YamlValue } from "../../../src/output/yaml.ts";
import { placement, podOf, share } from "./placement.ts";

/** https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/helm-chart-aws-ebs-csi-driver-2.64.0/charts/aws-ebs-csi-driver/values.yaml */
export function awsEbsCsiDriver(model: Model): YamlValue {
  const controller = podOf(model, "aws-ebs-csi-driver", "controller");
  const node = podOf(model, "aws-ebs-csi-driver", "node");
  const sidecar = { resources: share(controller, 6) };
  return {
    controller: {
      replicaCount: controller.replicas,
      region: model.region,
      k8sTagClusterId: model.id,
      extraVolumeTags: { Cluster: model.id },
      resources: share(controller, 6),
      ...placement(model, controller),
    },
    // On the host's network it reaches the instance metadata, which answers pods only where their role needs it.
    node: { hostNetwork: true, tolerateAllTaints: true, enableWindows: false, resources: share(node, 3) },
    sidecars: {
      provisioner: sidecar,
      attacher: sidecar,
      snapshotter: sidecar,
      resizer: sidecar,
      livenessProbe: { resources: share(node, 3) },
      nodeDriverRegistrar: { resources: share(node, 3) },
    },
    storageClasses: [storageClass(model)],
    helmTester: { enabled: false },
  };
}

/** Volumes outlive their claims: what is deleted by mistake can be had again. */
function storageClass({ platform }: Model) {
  return {
    name: platform.storageClass,
    annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
    allowVolumeExpansion: true,
    reclaimPolicy: "Retain",
    volumeBindingMode: "WaitForFirstConsumer",
    parameters: { type: "gp3", encrypted: "true" },
  };
}
