import type { Model } from "../model/model.ts";
import type { ResourceChange } from "./terraform/changes.ts";

/** A change that Atlantis cannot make, and why. */
interface Limit {
  readonly reason: string;
  readonly holds: (change: ResourceChange, model: Model) => boolean;
}

const ends = ({ action }: ResourceChange): boolean => action === "destroy" || action === "replace";

/** What generators/terraform/iam-atlantis.tf.hbs denies (data is protected by Terraform as well), and what Atlantis itself would not outlive. */
export const limits: readonly Limit[] = [
  {
    reason: "Atlantis may not change its own rights",
    holds: ({ address, action, arguments: list }) =>
      /^aws_iam_role_policy\.(?:atlantis$|assume_atlantis\b)/.test(address) ||
      (address === "aws_iam_role.atlantis" &&
        (action !== "update" || list.some(({ path }) => path === "assume_role_policy"))),
  },
  {
    reason: "Atlantis loses the name under which GitHub calls it",
    holds: (change, { platform }) =>
      ends(change) && change.address === `aws_route53_record.host["${platform.atlantisHost}"]`,
  },
  {
    reason: "Atlantis runs on a machine that stops",
    holds: (change, { nodes, platform }) => {
      const name = /^aws_instance\..*\["(.*)"\]$/.exec(change.address)?.[1];
      const isOwn = nodes.some((node) => node.name === name && node.group === platform.group.name);
      return platform.atlantisRole !== null && isOwn && (ends(change) || change.reboots);
    },
  },
];

/** Why an administrator applies these changes, and not Atlantis; empty where it may. */
export function reasonsForAdministrator(resources: readonly ResourceChange[], model: Model): readonly string[] {
  const made = resources.filter(({ isRefused }) => !isRefused);
  return limits.filter(({ holds }) => made.some((change) => holds(change, model))).map(({ reason }) => reason);
}
