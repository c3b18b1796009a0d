/**
 * The programs that consume the generated files: found in the tools cache or in PATH, run with a time limit, and
 * skipped by name where they are missing.
 */
import { spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import type { Callback, Test } from "uvu";

/** Where test/tools/install.sh puts what it installs. */
export const toolsCache = process.env["TOPOGEN_TOOLS"] ?? join(homedir(), ".cache", "topogen-tools");

/** PATH with the cache's programs before the machine's own. */
const searchPath = [join(toolsCache, "bin"), ...(process.env["PATH"] ?? "").split(delimiter)];

/** The absolute path of a program, or null where there is none of that name. */
export function findTool(name: string): string | null {
  return searchPath.map((folder) => join(folder, name)).find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Something that a test needs and that is not a program, such as a mirror of Terraform providers. */
export interface Requirement {
  readonly name: string;
  readonly present: boolean;
}

/**
 * Declares a test that needs tools: `needs(test, "terraform", "moto_server")("the tree applies", async () => ...)`.
 * Where one is missing the test is counted as skipped and says why; if TOPOGEN_REQUIRE_TOOLS asks for the tool, it fails.
 */
export function needs<T>(suite: Test<T>, ...tools: readonly (string | Requirement)[]) {
  const missing = tools.filter((tool) => !isPresent(tool)).map(nameOf);
  return (name: string, body: Callback<T>): void => {
    if (missing.length === 0) suite(name, body);
    else if (missing.some(isRequired)) suite(name, () => Promise.reject(new Error(`missing: ${missing.join(", ")}`)));
    else skip(suite, name, missing);
  };
}

function isPresent(tool: string | Requirement): boolean {
  return typeof tool === "string" ? findTool(tool) !== null : tool.present;
}

function nameOf(tool: string | Requirement): string {
  return typeof tool === "string" ? tool : tool.name;
}

/** TOPOGEN_REQUIRE_TOOLS=1 asks for all tools; otherwise it lists names, separated by commas. */
function isRequired(tool: string): boolean {
  const required = process.env["TOPOGEN_REQUIRE_TOOLS"] ?? "";
  return required === "1" || required.split(",").includes(tool);
}

function skip<T>(suite: Test<T>, name: string, missing: readonly string[]): void {
  const { skip: count } = suite;
  count();
  console.log(`skipped: ${name} (missing: ${missing.join(", ")})`);
}

export interface RunOptions {
  readonly cwd?: string;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** The time limit, 60 where it is left out. */
  readonly seconds?: number;
  readonly input?: string;
}

export interface RunResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end, whatever its exit code is. Beyond the time limit it is killed with everything that it
 * started, and the promise rejects with what it had printed.
 */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const seconds = options.seconds ?? 60;
  const child = spawn(findTool(program) ?? program, args, {
    cwd: options.cwd,
    env: toolEnvironment(options.env),
    detached: true, // a process group of its own, so that it can be killed as a whole
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdin.on("error", () => {}).end(options.input ?? "");
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      killGroup(child.pid);
      reject(new Error(`${commandLine(program, args)}: not done after ${seconds} s\n${stdout}${stderr}`));
    }, seconds * 1000);
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr });
    });
  });
}

/** Like `run`, and rejects with the program's output unless it exits with 0. Resolves to its standard output. */
export async function succeed(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await run(program, args, options);
  if (code !== 0) throw new Error(`${commandLine(program, args)}: exit code ${code}\n${stdout}${stderr}`);
  return stdout;
}

/** The environment of a tool: this process's, the cache's programs first in PATH, and what is added. */
export function toolEnvironment(added: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { ...process.env, PATH: searchPath.join(delimiter), ...added };
}

/** Ends a process started with `detached: true`, and all that it started. */
export function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // it has ended already
  }
}

function commandLine(program: string, args: readonly string[]): string {
  return [program, ...args].join(" ").slice(0, 200);
}
