/** The outputs of the 14 nodes, and edits of them that no generator makes. */
import type { GeneratedFile } from "../src/generated-file.ts";
import { compiled, edited, text } from "./plan-of.ts";

export const { files, model } = compiled(text).tree;

/** Outputs with one text in one file replaced, everywhere in it. The text must be there. */
function replaced(all: readonly GeneratedFile[], path: string, [from, to]: readonly [string, string]) {
  const file = all.find((candidate) => candidate.path === path);
  if (!file?.text.includes(from)) throw new Error(`${path} does not have ${from}`);
  return all.map((candidate) => (candidate === file ? { ...file, text: file.text.replaceAll(from, to) } : candidate));
}

export function tampered(path: string, from: string, to: string): readonly GeneratedFile[] {
  return replaced(files, path, [from, to]);
}

/** Where the load balancer is its controller's, and a service scales. */
export const controller = compiled(
  edited(text, ["edge.loadBalancer", "controller"], ["services.scan.scale", { min: 1, max: 1 }]),
).tree;

export function tamperedController(path: string, from: string, to: string): readonly GeneratedFile[] {
  return replaced(controller.files, path, [from, to]);
}

export function without(path: string): readonly GeneratedFile[] {
  return files.filter((file) => file.path !== path);
}

/** An edit of the outputs, and the checks that find it, in their order. */
export type Case = readonly [what: string, files: readonly GeneratedFile[], checks: string];

export const auth = "out/k8s/auth/auth-deployment.yaml";
export const authService = "out/k8s/auth/auth-service.yaml";
export const authCheck = "out/k8s/auth/auth-check.yaml";
export const authConfig = "out/k8s/auth/auth-config.yaml";
