/** A copy of the generated Terraform root in a temporary folder, and the real Terraform in it. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { compile } from "../../src/compile.ts";
import type { Model } from "../../src/model/model.ts";
import { type Requirement, run, type RunResult } from "./tool.ts";

const PROVIDER = "registry.terraform.io/hashicorp/aws";

/** A filesystem mirror with the AWS provider: the folder above `registry.terraform.io`. */
const mirror = findMirror();

/** Where a Terraform that is started by others finds the provider, and nowhere else. */
export const terraformCliConfig = `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`;

export const provider: Requirement = { name: "terraform-provider-aws", present: mirror !== null };

/** Mirrors stand in many places, so the machine is searched for one. */
function findMirror(): string | null {
  const prune = [
    "(",
    "-path",
    "/proc",
    "-o",
    "-path",
    "/sys",
    "-o",
    "-name",
    "node_modules",
    "-o",
    "-name",
    ".terraform",
    ")",
    "-prune",
    "-o",
  ];
  const found = ["-type", "d", "-path", `*/${PROVIDER}`, "-print", "-quit"];
  const { stdout } = spawnSync("find", ["/", "-maxdepth", "8", ...prune, ...found], {
    encoding: "utf8",
    timeout: 60_000,
  });
  const folder = stdout.trim();
  return folder === "" ? null : folder.slice(0, -PROVIDER.length - 1);
}

/** What a topology's text means, and the files of its Terraform root by their path within it. */
export function terraformFiles(topology: string): { model: Model; files: ReadonlyMap<string, string> } {
  const { tree, diagnostics } = compile("topology.yaml", topology);
  if (!tree) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const prefix = `${tree.model.paths.terraform}/`;
  const files = tree.files.filter(({ path }) => path.startsWith(prefix));
  return { model: tree.model, files: new Map(files.map(({ path, text }) => [path.slice(prefix.length), text])) };
}

/** One planned change of a resource. */
export interface Planned {
  readonly actions: string;
  readonly movedFrom?: string;
}

/** A line of `terraform plan -json`: https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
interface PlannedChange {
  readonly change: {
    readonly resource: { readonly addr: string };
    readonly previous_resource?: { readonly addr: string };
    readonly action: "create" | "update" | "delete" | "replace" | "move" | "read";
  };
}

interface PlanJson {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

export class TerraformRoot {
  readonly folder = mkdtempSync(join(tmpdir(), "topogen-terraform-"));
  private readonly env: Readonly<Record<string, string>>;

  /** `env` leads to AWS, or to what stands in for it. */
  constructor(files: ReadonlyMap<string, string>, env: Readonly<Record<string, string>> = {}) {
    // Each command starts the provider anew, whose schemas are much garbage for Go to collect: with more memory, less often.
    this.env = { GOGC: "400", ...env, TF_CLI_CONFIG_FILE: "/dev/null", CHECKPOINT_DISABLE: "1" };
    this.write(files);
  }

  /** The same in a folder of its own, with the providers and a state that is kept there. */
  copy(): TerraformRoot {
    const copy = new TerraformRoot(new Map(), this.env);
    cpSync(this.folder, copy.folder, { recursive: true, verbatimSymlinks: true });
    return copy;
  }

  /** Writes files over those that are there. */
  write(files: ReadonlyMap<string, string>): void {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
  }

  /** Writes files in the place of all that are there and are not the test's own. */
  replace(files: ReadonlyMap<string, string>): void {
    const old = readdirSync(this.folder).filter((name) => name.endsWith(".tf") && !name.endsWith("_override.tf"));
    for (const name of old) rmSync(join(this.folder, name));
    this.write(files);
  }

  /** Keeps the state in the folder, where the tree would keep it in S3. */
  keepStateHere(): void {
    this.write(new Map([["backend_override.tf", 'terraform {\n  backend "local" {}\n}\n']]));
  }

  async init(below = "."): Promise<void> {
    await this.run(["init", `-plugin-dir=${mirror}`], 60, below);
  }

  /** Plans, and gives every resource that would change, by address. Outputs and data sources are left out. */
  async plan(...options: readonly string[]): Promise<Readonly<Record<string, Planned>>> {
    const output = await this.run(["plan", "-json", "-out=plan", ...options], 600);
    const lines = output.split("\n").filter((line) => line.includes('"type":"planned_change"'));
    const changes = lines.map((line) => (JSON.parse(line) as PlannedChange).change);
    const orders = changes.some(({ action }) => action === "replace") ? await this.shownActions() : new Map();
    const entries = changes.map(({ resource: { addr }, previous_resource: previous, action }): [string, Planned] => {
      const actions = action === "replace" ? orders.get(addr) : action === "move" ? "no-op" : action;
      return [addr, previous ? { actions, movedFrom: previous.addr } : { actions }];
    });
    return Object.fromEntries(entries.filter(([address]) => !address.startsWith("data.")));
  }

  /** By address, the actions of the plan in their order, which the plan's own output does not tell of a replacement. */
  private async shownActions(): Promise<ReadonlyMap<string, string>> {
    const { resource_changes } = JSON.parse(await this.run(["show", "-json", "plan"], 300)) as PlanJson;
    return new Map(resource_changes.map(({ address, change }) => [address, change.actions.join(", ")]));
  }

  /** Runs Terraform, and gives its output. An error has the output, and after the time limit what was not done. */
  async run(args: readonly string[], seconds: number, below = "."): Promise<string> {
    const { code, stdout, stderr } = await this.attempt(args, seconds, below);
    if (code !== 0) throw new Error(`terraform ${args[0]}: exit code ${code}\n${stderr || stdout}`);
    return stdout;
  }

  async attempt(args: readonly string[], seconds: number, below = "."): Promise<RunResult> {
    const [command = "", ...options] = args;
    const quiet = ["init", "plan", "apply"].includes(command) ? ["-input=false", "-no-color"] : [];
    try {
      return await run("terraform", [command, ...quiet, ...options], {
        cwd: join(this.folder, below),
        env: this.env,
        seconds,
      });
    } catch (error) {
      throw new Error(`${unfinished((error as Error).message)}: not done after ${seconds} s`, { cause: error });
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The resources that Terraform began with and did not end. */
function unfinished(output: string): string {
  const named = (pattern: RegExp) => [...output.matchAll(pattern)].map(([, address]) => address as string);
  const done = new Set(named(/^(\S+): \w+ complete/gm));
  const begun = new Set(named(/^(\S+): (?:Creating|Modifying|Destroying|Reading|Refreshing)/gm));
  return [...begun].filter((address) => !done.has(address)).join(", ") || "terraform";
}
