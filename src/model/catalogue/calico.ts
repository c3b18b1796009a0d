/**
 * The Kubernetes minors that each Calico minor is tested with. Source: the page "System requirements" of each release,
 * https://docs.tigera.io/calico/3.31/getting-started/kubernetes/requirements and its siblings. From v3.32 on the chart brings no
 * custom resources (https://github.com/projectcalico/calico/pull/11727), and the playbooks install those of the chart.
 */
export const calicoSupports: Readonly<Record<string, readonly string[]>> = {
  "v3.29": ["1.29", "1.30", "1.31", "1.32"],
  "v3.30": ["1.31", "1.32", "1.33", "1.34", "1.35"],
  "v3.31": ["1.32", "1.33", "1.34", "1.35"],
};
