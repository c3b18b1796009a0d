/** Names that refer to what another file makes. */
import { type Case, tampered, tamperedController, auth, authConfig } from "./tampered.ts";

const postgres = "out/k8s/database/postgres-deployment.yaml";
const kustomization = "out/ansible/kustomization.yaml";
const values = (component: string) => `out/ansible/values/${component}.yml`;
const namespaces = "out/k8s/platform/namespaces.yaml";

export const namesCases: readonly Case[] = [
  [
    "a namespace that nothing makes",
    tampered(namespaces, "name: api\n", "name: apis\n"),
    "names-are-made stores-serve-namespaces",
  ],
  [
    "a ConfigMap of variables that nothing makes",
    tampered(auth, "name: auth-config-", "name: oauth-config-"),
    "connections-are-told names-are-made",
  ],
  [
    "a ConfigMap of files that nothing makes",
    tampered(postgres, "name: postgres-config-", "name: config-"),
    "names-are-made",
  ],
  [
    "a ConfigMap that Kustomize does not make",
    tampered("out/ansible/hook/job.yaml", "name: ansible-nodes-of-this-run", "name: ansible-nodes-of-that-run"),
    "names-are-made",
  ],
  [
    "a ServiceAccount that nothing makes",
    tampered(auth, "serviceAccountName: auth", "serviceAccountName: oauth"),
    "names-are-made",
  ],
  [
    "a PriorityClass that nothing makes",
    tampered(auth, "priorityClassName: services", "priorityClassName: servants"),
    "names-are-made",
  ],
  [
    "a claim that nothing makes",
    tampered(postgres, "claimName: postgres-data", "claimName: postgres-disk"),
    "names-are-made",
  ],
  [
    "a claim of a StorageClass that nothing makes",
    tampered("out/k8s/database/postgres-volume.yaml", "storageClassName: gp3-retain", "storageClassName: gp3"),
    "names-are-made",
  ],
  [
    "a chart's volume of a StorageClass that nothing makes",
    tampered(values("atlantis"), "storageClassName: gp3-retain", "storageClassName: gp3"),
    "names-are-made",
  ],
  [
    "an ExternalSecret from a store that nothing makes",
    tampered(authConfig, "name: aws-secrets-manager", "name: aws-parameters"),
    "names-are-made",
  ],
  [
    "an autoscaler of a Deployment that is not there",
    tamperedController("out/k8s/scan/scan-scaling.yaml", "kind: Deployment", "kind: StatefulSet"),
    "names-are-made",
  ],
  [
    "a Secret that nothing makes",
    tampered(auth, "secretRef:\n                name: auth-", "secretRef:\n                name: oauth-"),
    "secret-keys-are-made",
  ],
  [
    "a Secret to pull images with that nothing makes",
    tampered(auth, "automountServiceAccountToken: false\n---", "imagePullSecrets:\n  - name: login\n---"),
    "pull-secrets-are-made",
  ],
  [
    "a key that the Secret does not have",
    tampered("out/k8s/database/postgres-config.yaml", "secretKey: password", "secretKey: word"),
    "secret-keys-are-made",
  ],
  [
    "a Secret that a chart reads, and nothing makes",
    tampered(values("kube-prometheus-stack"), "existingSecret: grafana-admin", "existingSecret: grafana"),
    "secret-keys-are-made",
  ],
  [
    "a key that a chart reads, and the Secret does not have",
    tampered(values("kube-prometheus-stack"), "passwordKey: admin-password", "passwordKey: password"),
    "secret-keys-are-made",
  ],
  [
    "a Secret of variables that a chart reads, and nothing makes",
    tampered(values("atlantis"), "- atlantis-credentials", "- atlantis"),
    "secret-keys-are-made",
  ],
  [
    "a store that does not serve a namespace of the platform",
    tampered("out/ansible/manifests/secret-store.yml", "        - monitoring\n", ""),
    "stores-serve-namespaces",
  ],
  [
    "a namespace without the label of its store",
    tampered(namespaces, "component: data\n    secret-store: aws-secrets-manager", "component: data"),
    "stores-serve-namespaces",
  ],
  [
    "a secret that Terraform does not make",
    tampered("out/terraform/secrets.tf", '"backend/prod/chat"', '"backend/prod/chats"'),
    "secrets-exist",
  ],
  [
    "a property that the datastore knows by another name",
    tampered("out/k8s/database/redis-config.yaml", "property: password", "property: secret"),
    "secret-properties-agree",
  ],
  ["an image of another region", tampered(auth, ".ecr.ap-northeast-2.", ".ecr.us-east-1."), "repositories-exist"],
  [
    "an image of another account",
    tampered("out/terraform/main.tf", '"123456789012"', '"210987654321"'),
    "repositories-exist",
  ],
  [
    "a backup to a bucket that Terraform does not make",
    tampered("out/terraform/s3.tf", "-backups", "-copies"),
    "buckets-exist",
  ],
  [
    "an image without a repository",
    tampered("out/terraform/ecr.tf", '"backend/reward"', '"backend/rewards"'),
    "repositories-exist",
  ],
  [
    "a workflow that pushes to a repository that Terraform does not make",
    tampered(".github/workflows/build-auth.yml", "/backend/auth:", "/backend/oauth:"),
    "repositories-exist",
  ],
  [
    "an Application of a repository that its project does not admit",
    tampered("out/k8s/argocd/applications/redis.yaml", "acme/platform.git", "acme/data.git"),
    "projects-admit-applications",
  ],
  [
    "an Application in a namespace that its project does not admit",
    tampered("out/k8s/argocd/projects/apps.yaml", "namespace: worker", "namespace: workers"),
    "projects-admit-applications",
  ],
  [
    "Argo CD is pointed at a folder that is not there",
    tampered("out/k8s/argocd/applications/auth.yaml", "path: out/k8s/auth", "path: out/k8s/oauth"),
    "paths-exist files-are-handed-on",
  ],
  [
    "a file that an Application asks for, and is not there",
    tampered(
      "out/k8s/argocd/applications/postgres.yaml",
      "{postgres-config.yaml,",
      "{postgres-config.yaml,postgres-users.yaml,",
    ),
    "paths-exist",
  ],
  [
    "a file that no Application asks for",
    tampered("out/k8s/argocd/applications/postgres.yaml", ",postgres-backup.yaml", ""),
    "files-are-handed-on",
  ],
  [
    "a file that Kustomize is told of, and is not there",
    tampered(kustomization, "=playbooks/tasks/join.yml", "=playbooks/tasks/joins.yml"),
    "paths-exist files-are-handed-on",
  ],
  [
    "the variables of a host that Kustomize is not told of",
    tampered(kustomization, "      - inventory__host_vars__chat-1.yml=inventory/host_vars/chat-1.yml\n", ""),
    "files-are-handed-on",
  ],
  [
    "a playbook that takes in another that is not there",
    tampered("out/ansible/playbooks/site.yml", "05-label-nodes.yml", "05-labels.yml"),
    "paths-exist",
  ],
  [
    "tasks that take in others that are not there",
    tampered(
      "out/ansible/playbooks/tasks/upgrade-node.yml",
      "import_tasks: check-upgrade.yml",
      "import_tasks: upgrade-check.yml",
    ),
    "paths-exist",
  ],
  [
    "a hook that runs a playbook that is not there",
    tampered("out/ansible/hook/run.sh", "playbooks/site.yml", "playbooks/all.yml"),
    "paths-exist",
  ],
  [
    "Atlantis is pointed at a folder that is not there",
    tampered("atlantis.yaml", "dir: out/terraform\n", "dir: out/tf\n"),
    "paths-exist",
  ],
  [
    "a workflow runs a script that is not there",
    tampered(".github/workflows/build-auth.yml", "out/bin/write-tag.sh", "out/bin/tag.sh"),
    "paths-exist",
  ],
];
