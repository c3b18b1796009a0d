import type { Model } from "../../../src/model/model.ts";
import { externalSecret } from "./secrets.ts";

/** What Argo CD reads from secrets. */
export function argoCdObjects(model: Model): readonly object[] {
  return [repository(model), ...(model.platform.notifications ? [notifications(model)] : [])];
}

/** The repository that Argo CD syncs, with the right to read it. */
function repository(model: Model): object {
  return externalSecret(model, {
    name: "repository",
    namespace: "argocd",
    owner: "argocd",
    keys: { username: "username", password: "password" },
    template: {
      metadata: { labels: { "argocd.argoproj.io/secret-type": "repository" } },
      data: { type: "git", url: model.git.url, username: "{{ .username }}", password: "{{ .password }}" },
    },
  });
}

/** By the name that the notifications controller looks for. */
function notifications(model: Model): object {
  return externalSecret(model, {
    name: "argocd-notifications-secret",
    namespace: "argocd",
    owner: "notifications",
    keys: { "webhook-url": "webhook-url" },
  });
}
