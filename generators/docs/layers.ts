import type { Model } from "../../src/model/model.ts";

interface Layer {
  readonly name: string;
  readonly owner: string;
  readonly what: string;
  readonly runs: string;
  readonly files: string;
}

/** Which tool owns what. Each layer has one owner. */
export function layers({ edge, paths, platform }: Model): readonly Layer[] {
  const loadBalancer = edge.owner === "terraform" ? ", load balancer" : "";
  return [
    {
      name: "Infrastructure",
      owner: "Terraform",
      what: `VPC, subnets, security groups, EC2, IAM, DNS, S3${edge.cdn ? ", CloudFront" : ""}${loadBalancer}`,
      runs: platform.atlantisHost
        ? "Atlantis: plan on a pull request, review, atlantis apply"
        : "by hand: plan, review, apply",
      files: `${paths.terraform}/`,
    },
    {
      name: "Cluster",
      owner: "Ansible",
      what: "kubeadm, Calico, labels and taints, packages, cluster components",
      runs: "by hand over SSH, or by Argo CD's PreSync hook",
      files: `${paths.ansible}/`,
    },
    {
      name: "Workloads",
      owner: "Argo CD",
      what: `Deployments, Services, volumes, network policies${edge.owner === "controller" ? ", load balancer" : ""}`,
      runs: "syncs by itself, every 3 minutes",
      files: `${paths.kubernetes}/`,
    },
    {
      name: "Images",
      owner: "GitHub Actions",
      what: "build, test, push, and write the new tag into topology.yaml",
      runs: "on a push to the service's source",
      files: ".github/workflows/",
    },
  ];
}
