import { mkdirSync, copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { customResources } from "../tools/cluster-content.ts";
import { succeed } from "../tools/tool.ts";

/** What stands for a chart: its repository, name and versions are those of the real one, and so are its custom resources. */
interface Chart {
  readonly repository: string;
  readonly name: string;
  readonly versions: readonly string[];
  /** Kind of workload -> name -> where in the real chart's values its node selector, tolerations and resources stand. */
  readonly standIn: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Files of charts/ that it has beside workloads.tpl. */
  readonly files?: readonly string[];
  /** The component whose files of the tools cache's crds/ are the chart's. */
  readonly kinds?: string;
}

const charts: readonly Chart[] = [
  {
    repository: "docs.tigera.io/calico/charts",
    name: "tigera-operator",
    versions: ["v3.30.7", "v3.31.7"],
    standIn: { Deployment: { "tigera-operator": "" } },
    files: ["calico.tpl", "calico-node.sh"],
  },
  {
    repository: "charts.jetstack.io",
    name: "cert-manager",
    versions: ["v1.20.3"],
    standIn: {
      Deployment: { "cert-manager": "", "cert-manager-webhook": "webhook", "cert-manager-cainjector": "cainjector" },
    },
    kinds: "cert-manager",
  },
  {
    repository: "kubernetes-sigs.github.io/aws-ebs-csi-driver",
    name: "aws-ebs-csi-driver",
    versions: ["2.64.0"],
    standIn: { Deployment: { "ebs-csi-controller": "controller" }, DaemonSet: { "ebs-csi-node": "node" } },
    files: ["storage-classes.tpl"],
  },
  {
    repository: "aws.github.io/eks-charts",
    name: "aws-load-balancer-controller",
    versions: ["3.5.0"],
    standIn: { Deployment: { "aws-load-balancer-controller": "" } },
    kinds: "aws-load-balancer-controller",
  },
  {
    repository: "kubernetes-sigs.github.io/metrics-server",
    name: "metrics-server",
    versions: ["3.13.1"],
    standIn: { Deployment: { "metrics-server": "" } },
  },
  {
    repository: "charts.external-secrets.io",
    name: "external-secrets",
    versions: ["1.3.2"],
    standIn: {
      Deployment: {
        "external-secrets": "",
        "external-secrets-webhook": "webhook",
        "external-secrets-cert-controller": "certController",
      },
    },
    kinds: "external-secrets",
  },
  {
    repository: "argoproj.github.io/argo-helm",
    name: "argo-cd",
    versions: ["8.2.7"],
    standIn: {
      Deployment: {
        "argocd-server": "server",
        "argocd-repo-server": "repoServer",
        "argocd-redis": "redis",
        "argocd-applicationset-controller": "applicationSet",
      },
      StatefulSet: { "argocd-application-controller": "controller" },
    },
    kinds: "argo-cd",
  },
  {
    repository: "prometheus-community.github.io/helm-charts",
    name: "kube-prometheus-stack",
    versions: ["77.14.0"],
    standIn: {
      Deployment: {
        "kube-prometheus-stack-operator": "prometheusOperator",
        "kube-prometheus-stack-grafana": "grafana",
        "kube-prometheus-stack-kube-state-metrics": "kube-state-metrics",
      },
      StatefulSet: {
        prometheus: "prometheus.prometheusSpec",
        alertmanager: "alertmanager.alertmanagerSpec",
      },
      DaemonSet: { "kube-prometheus-stack-prometheus-node-exporter": "prometheus-node-exporter" },
    },
    kinds: "prometheus-operator",
  },
  {
    repository: "runatlantis.github.io/helm-charts",
    name: "atlantis",
    versions: ["5.17.2"],
    standIn: { StatefulSet: { atlantis: "" } },
  },
];

/** Packs all charts into their repositories, each in a folder of its host and path. */
export async function packCharts(site: string, helm: string, work: string): Promise<void> {
  for (const chart of charts) {
    const repository = join(site, chart.repository);
    const source = writeChart(work, chart);
    mkdirSync(repository, { recursive: true });
    for (const version of chart.versions) {
      const versions = ["--version", version, "--app-version", version];
      await succeed(helm, ["package", source, ...versions, "--destination", repository], { seconds: 60 });
    }
  }
  for (const repository of new Set(charts.map((chart) => chart.repository))) {
    await succeed(helm, ["repo", "index", join(site, repository)]);
  }
}

function writeChart(work: string, { name, standIn, files = [], kinds }: Chart): string {
  const folder = join(work, name);
  for (const each of ["templates", "crds"]) mkdirSync(join(folder, each), { recursive: true });
  writeFileSync(join(folder, "Chart.yaml"), JSON.stringify({ apiVersion: "v2", name, version: "0.0.0" }));
  writeFileSync(join(folder, "values.yaml"), JSON.stringify({ standIn }));
  for (const file of ["workloads.tpl", ...files]) {
    copyFileSync(join("test/rehearsal/charts", file), join(folder, file.endsWith(".tpl") ? "templates" : ".", file));
  }
  const own = kinds === undefined ? [] : customResources(`${kinds}-`);
  own.forEach((object, number) =>
    writeFileSync(join(folder, "crds", `${number}.yaml`), `---\n${JSON.stringify(object)}\n`),
  );
  return folder;
}
