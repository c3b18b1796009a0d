import type { Model } from "../../../src/model/model.ts";
import { type YamlValue, yaml } from "../../../src/output/yaml.ts";
import { podOf, requests } from "./placement.ts";

/**
 * Reports to a chat, once a commit, that a sync has failed or that an Application has become unhealthy. The message is what the
 * incoming webhooks of Slack, Mattermost and Google Chat take: `{"text": "auth: ..."}`.
 * https://argo-cd.readthedocs.io/en/release-3.0/operator-manual/notifications/services/webhook/
 */
export function notifications(model: Model): YamlValue {
  return {
    enabled: true,
    resources: requests(podOf(model, "argo-cd", "notifications")),
    secret: { create: false }, // External Secrets makes it, in manifests/argo-cd.yml
    notifiers: {
      "service.webhook.chat": yaml({
        url: "$webhook-url",
        headers: [{ name: "Content-Type", value: "application/json" }],
      }),
    },
    templates: {
      "template.sync-failed": message("its sync has failed: ", ".app.status.operationState.message"),
      "template.unhealthy": message("it is unhealthy, at commit ", ".app.status.sync.revision"),
    },
    triggers: {
      "trigger.on-sync-failed": trigger("app.status.operationState?.phase in ['Error', 'Failed']", "sync-failed"),
      "trigger.on-unhealthy": trigger("app.status.health.status == 'Degraded'", "unhealthy"),
    },
    subscriptions: [{ recipients: ["chat"], triggers: ["on-sync-failed", "on-unhealthy"] }],
  };
}

/** A template of Go's. What Argo CD says may hold quotes and line breaks, so the text becomes JSON as a whole. */
function message(what: string, value: string): string {
  const url = 'printf "%s/applications/%s" .context.argocdUrl .app.metadata.name';
  const text = `printf "%s: ${what}%s %s" .app.metadata.name ${value} (${url}) | toJson`;
  return yaml({ webhook: { chat: { method: "POST", body: `{"text": {{ ${text} }}}` } } });
}

function trigger(when: string, template: string): string {
  return yaml([{ when, oncePer: "app.status.operationState?.syncResult?.revision", send: [template] }]);
}
