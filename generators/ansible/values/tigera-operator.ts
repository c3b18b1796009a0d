import type { Model } from "../../../src/model/model.ts";
import type { YamlValue } from "../../../src/output/yaml.ts";
import { placement, podOf, pod, requests } from "./placement.ts";

/** https://docs.tigera.io/calico/3.30/reference/installation/api */
export function tigeraOperator(model: Model): YamlValue {
  const { kubernetes, network } = model;
  const controlPlane = placement(model, podOf(model, "tigera-operator", "calico-kube-controllers"));
  return {
    installation: {
      calicoNetwork: {
        bgp: kubernetes.bgp,
        ipPools: [
          {
            name: "default-ipv4-ippool",
            cidr: network.pods,
            encapsulation: kubernetes.encapsulation,
            natOutgoing: "Enabled",
            nodeSelector: "all()",
          },
        ],
        nodeAddressAutodetectionV4: { kubernetes: "NodeInternalIP" },
      },
      controlPlaneNodeSelector: controlPlane.nodeSelector,
      controlPlaneTolerations: controlPlane.tolerations,
      calicoNodeDaemonSet: containers(model, "calico-node"),
      // Typha runs on any three nodes: it is what the nodes' networks hang on.
      typhaDeployment: containers(model, "calico-typha"),
      calicoKubeControllersDeployment: containers(model, "calico-kube-controllers"),
      // Calico's CSI driver, which nothing here uses. 3.30 reads the key below, 3.31 this one.
      kubeletVolumePluginPath: "None",
    },
    kubeletVolumePluginPath: "None",
    apiServer: { enabled: false },
    goldmane: { enabled: false },
    whisker: { enabled: false },
    ...pod(model, "tigera-operator", "tigera-operator"),
    // It starts before there is a network, on nodes that are not ready.
    tolerations: [{ operator: "Exists" }],
  };
}

function containers(model: Model, name: string) {
  return {
    spec: {
      template: { spec: { containers: [{ name, resources: requests(podOf(model, "tigera-operator", name)) }] } },
    },
  };
}
