import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { succeed } from "../tool.ts";

/** A local git repository with a topology and the tree that the program itself writes for it. */
export class PlatformRepository {
  private readonly folder = mkdtempSync(join(tmpdir(), "topogen-repository-"));

  /** What Argo CD reads it by. */
  readonly url = `file://${this.folder}`;

  /**
   * The tree names the repository's address on GitHub. In what is committed, and in that alone, its place is taken by the local
   * one: a filter of git's puts it in and takes it out again, so that the work tree is what the program wrote, byte for byte.
   */
  async init(address: string): Promise<void> {
    await this.git("init", "--quiet", "--initial-branch=main");
    writeFileSync(join(this.folder, ".git/info/attributes"), "out/k8s/argocd/** filter=address\n");
    await this.git("config", "filter.address.clean", `sed 's#${address}#${this.url}#'`);
    await this.git("config", "filter.address.smudge", `sed 's#${this.url}#${address}#'`);
  }

  /** Edits topology.yaml, runs `gen`, and commits both. Resolves to the commit. */
  async commit(subject: string, topology: string): Promise<string> {
    writeFileSync(join(this.folder, "topology.yaml"), topology);
    await succeed("node", [resolve("dist/topogen.js"), "gen"], { cwd: this.folder, seconds: 180 });
    await this.git("add", "--all");
    await this.git("commit", "--quiet", `--message=${subject}`);
    return this.head();
  }

  /** Reverts the last commit, without `gen`: the tree is in git. */
  async revert(): Promise<string> {
    await this.git("revert", "--no-edit", "HEAD");
    return this.head();
  }

  /** A file of the last commit. */
  committed(path: string): Promise<string> {
    return this.git("show", `HEAD:${path}`);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async head(): Promise<string> {
    return (await this.git("rev-parse", "HEAD")).trim();
  }

  private git(...args: string[]): Promise<string> {
    const identity = ["-c", "user.name=test", "-c", "user.email=test@example.app", "-c", "commit.gpgSign=false"];
    return succeed("git", [...identity, ...args], { cwd: this.folder, seconds: 180 });
  }
}
