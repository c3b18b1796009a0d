import type { Line, Severity } from "./severity.ts";
import type { RootChange } from "./terraform.ts";
import type { Action, ResourceChange } from "./terraform/changes.ts";
import type { ArgumentChange } from "./terraform/comparison.ts";

/** `Atlantis, on the pull request: backend-prod, 1 to add, 2 to change, 0 to destroy`, as Terraform counts. */
export function rootTitle(root: RootChange): string {
  const { project, resources } = root;
  const number = (...actions: readonly Action[]): number =>
    resources.filter(({ action }) => actions.includes(action)).length;
  const counts = `${number("create", "replace")} to add, ${number("update")} to change, ${number("destroy", "replace")} to destroy`;
  return `${actorOf(root)}: ${project}, ${counts}`;
}

function actorOf({ folder, isPlanned, beyondAtlantis }: RootChange): string {
  if (!isPlanned) return `An administrator, in ${folder}`;
  if (beyondAtlantis.length === 0) return "Atlantis, on the pull request, before the merge";
  return `An administrator, before the merge, because ${beyondAtlantis.join(", and ")}`;
}

const signs: Readonly<Record<Action, string>> = { create: "+", update: "~", replace: "-/+", destroy: "-", move: ">" };

/** What becomes of one resource. */
export function resourceLine(change: ResourceChange): Line {
  const { address, action, movedFrom } = change;
  const details = [
    ...(movedFrom === null ? [] : [`was ${movedFrom}`]),
    ...argumentTexts(change),
    ...consequences(change),
  ];
  return {
    text: `${signs[action]} ${address}${details
      .map((detail) => `; ${detail}`)
      .join("")
      .replace(";", ":")}`,
    severity: severityOf(change),
  };
}

/** Of a replacement, only what makes it one. */
function argumentTexts({ action, arguments: list }: ResourceChange): readonly string[] {
  return list.filter(({ replaces }) => replaces || action !== "replace").map(argumentText);
}

function argumentText({ path, before, after }: ArgumentChange): string {
  if (before === null && after === null) return path;
  return `${path} ${before ?? "(none)"} -> ${after ?? "(none)"}`;
}

function consequences({
  address,
  action,
  reboots,
  createsFirst,
  stopsTraffic,
  endsRights,
  shrinks,
  isRefused,
}: ResourceChange): readonly string[] {
  const isNode = /^aws_instance\..*\["/.test(address);
  const endsNode = ["replace", "destroy"].includes(action) && isNode;
  const endsRepository = action === "destroy" && address.startsWith("aws_ecr_repository.");
  return [
    ...(endsRepository ? ["AWS refuses while it has images: delete those first"] : []),
    ...(endsNode ? ["its node is drained before"] : []),
    ...(reboots ? ["the machine stops and starts"] : []),
    ...(stopsTraffic && action === "update" ? ["what came in by it before is shut out at once"] : []),
    ...(endsRights ? [isNode ? "its pods lose the rights of their node" : "what runs loses these rights at once"] : []),
    ...(action === "replace" ? [createsFirst ? "the new one comes first" : "the old one goes first"] : []),
    ...(shrinks ? ["AWS makes no disk smaller, and gen refuses this"] : []),
    ...(isRefused ? ["Terraform refuses: it is protected"] : []),
  ];
}

function severityOf({
  action,
  reboots,
  createsFirst,
  losesData,
  stopsTraffic,
  endsRights,
  shrinks,
}: ResourceChange): Severity {
  if (losesData || shrinks) return "irreversible";
  const isGap = action === "replace" && !createsFirst;
  return reboots || isGap || stopsTraffic || endsRights ? "disruptive" : "quiet";
}
