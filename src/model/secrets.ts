import { byCodeUnit, distinct, entries } from "../order.ts";
import type { Engine, Topology } from "../topology.ts";
import type { Secret } from "./model.ts";

/** What a datastore's secret holds. Redis knows no users. */
const CREDENTIALS: Readonly<Record<Engine, readonly string[]>> = {
  postgresql: ["password", "username"],
  rabbitmq: ["password", "username"],
  redis: ["password"],
};

export function credentials(engine: Engine): readonly string[] {
  return CREDENTIALS[engine];
}

/** The name, in AWS Secrets Manager, of the secret of a service, a datastore or a component. */
export function secretName(topology: Topology, owner: string): string {
  return secretPrefix(topology) + owner;
}

/** What the names of all secrets begin with. */
export function secretPrefix({ name, environment = "prod" }: Topology): string {
  return `${name}/${environment}/`;
}

/** What the login of the image registry is called. */
export const LOGIN = "image-registry";

const ATLANTIS_PROPERTIES = ["github_secret", "github_token", "github_user", "web_password", "web_username"];

export function resolveSecrets(topology: Topology): readonly Secret[] {
  const secrets = [...serviceSecrets(topology), ...datastoreSecrets(topology), ...platformSecrets(topology)];
  return secrets.sort((one, other) => byCodeUnit(one.name, other.name));
}

function serviceSecrets(topology: Topology): Secret[] {
  return entries(topology.services)
    .filter(([, { secrets = [] }]) => secrets.length > 0)
    .map(([name, { secrets }]) => ({
      name: secretName(topology, name),
      purpose: `Environment variables of the service ${name}`,
      properties: distinct(secrets ?? []),
    }));
}

function datastoreSecrets(topology: Topology): Secret[] {
  return entries(topology.datastores).map(([name, { engine }]) => ({
    name: secretName(topology, name),
    purpose: `Credentials of the datastore ${name}`,
    properties: credentials(engine),
  }));
}

function platformSecrets(topology: Topology): Secret[] {
  const { atlantis = true, monitoring = true, notifications = false } = topology.platform;
  const secret = (owner: string, purpose: string, properties: readonly string[]) => ({
    name: secretName(topology, owner),
    purpose,
    properties,
  });
  return [
    secret("ansible", "The SSH key with which the Argo CD hook reaches the nodes", ["ssh-privatekey"]),
    ...(topology.images?.private
      ? [secret(LOGIN, "A user and token that may pull the services' images", ["password", "username"])]
      : []),
    secret("argocd", "A GitHub user and token that may read the repository", ["password", "username"]),
    ...(atlantis
      ? [
          secret(
            "atlantis",
            "Atlantis's GitHub user, token and webhook secret, and the login of its page",
            ATLANTIS_PROPERTIES,
          ),
        ]
      : []),
    ...(notifications ? [secret("notifications", "The URL of a chat's incoming webhook", ["webhook-url"])] : []),
    ...(monitoring ? [secret("grafana", "Grafana's administrator", ["admin-password", "admin-user"])] : []),
  ];
}
