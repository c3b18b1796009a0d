import type { Model } from "../../../src/model/model.ts";
import { externalSecret } from "./secrets.ts";

/** The repository that Argo CD syncs, with the right to read it. */
export function argoCdObjects(model: Model): readonly object[] {
  const repository = externalSecret(model, {
    name: "repository",
    namespace: "argocd",
    owner: "argocd",
    keys: { username: "username", password: "password" },
    template: {
      metadata: { labels: { "argocd.argoproj.io/secret-type": "repository" } },
      data: { type: "git", url: model.git.url, username: "{{ .username }}", password: "{{ .password }}" },
    },
  });
  return [repository];
}
