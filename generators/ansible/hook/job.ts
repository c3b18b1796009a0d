import type { IJob } from "kubernetes-models/batch/v1";
import type { Model } from "../../../src/model/model.ts";
import { placement, requests } from "../values/placement.ts";
import { hookMetadata } from "./metadata.ts";

/** Ansible's own image, with ansible-core 2.20.1: https://ansible.readthedocs.io/projects/dev-tools/container/ */
const IMAGE =
  "ghcr.io/ansible/community-ansible-dev-tools:v26.1.0@sha256:1cb572c1c66b8a73af9b6368e12d9becf2e960b8bfab885c663b8b65583cec3b";

/** Eight connections at a time, each a process of Ansible's. */
const LIMITS = { cpu: "1", memory: "1Gi" };

/** The number of PASSWD in kustomization.ts. */
const USER = 10001;

/** Runs site.yml once: a run that fails is looked at, not tried again, and Argo CD never starts a second beside it. */
export function job(model: Model): IJob {
  const labels = { "app.kubernetes.io/name": "cluster-configuration" };
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { ...hookMetadata("cluster-configuration", 0), labels },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: 3600,
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: "cluster-configuration",
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          restartPolicy: "Never",
          ...placement(model, { on: "platform" }),
          securityContext: {
            runAsNonRoot: true,
            runAsUser: USER,
            runAsGroup: USER,
            fsGroup: USER,
            seccompProfile: { type: "RuntimeDefault" },
          },
          containers: [{ ...container, resources: { ...requests(model.platform.configure), limits: LIMITS } }],
          volumes: [
            {
              name: "tree",
              projected: {
                sources: [configMap("ansible-playbooks-of-this-run"), configMap("ansible-nodes-of-this-run")],
              },
            },
            { name: "ssh-key", secret: { secretName: "ansible-ssh-key", defaultMode: 0o440 } },
            { name: "home", emptyDir: { sizeLimit: "512Mi" } },
            { name: "tmp", emptyDir: { sizeLimit: "512Mi" } },
          ],
        },
      },
    },
  };
}

function configMap(name: string) {
  return { configMap: { name } };
}

const container = {
  name: "ansible",
  image: IMAGE,
  imagePullPolicy: "Always",
  command: ["bash", "/tree/run.sh"],
  env: [
    { name: "HOME", value: "/home/ansible" },
    { name: "ANSIBLE_FORKS", value: "8" },
    { name: "ANSIBLE_NOCOLOR", value: "1" },
  ],
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    privileged: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    runAsUser: USER,
    runAsGroup: USER,
    seccompProfile: { type: "RuntimeDefault" },
  },
  volumeMounts: [
    { name: "tree", mountPath: "/tree", readOnly: true },
    { name: "tree", mountPath: "/etc/passwd", subPath: "passwd", readOnly: true },
    { name: "ssh-key", mountPath: "/ssh", readOnly: true },
    { name: "home", mountPath: "/home/ansible" },
    { name: "tmp", mountPath: "/tmp" },
  ],
} satisfies NonNullable<NonNullable<NonNullable<IJob["spec"]>["template"]["spec"]>["containers"]>[number];
