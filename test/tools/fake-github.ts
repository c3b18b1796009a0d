/** A stand-in of api.github.com on loopback: what Atlantis asks about a pull request, and what it writes there. */
import { createHmac } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer as createProxy, type IncomingMessage } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { succeed } from "./tool.ts";

export interface Pull {
  readonly number: number;
  readonly branch: string;
  readonly commit: string;
  readonly files: readonly string[];
}

export interface Webhook {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Status {
  readonly context: string;
  readonly state: string;
  readonly description: string;
}

const host = "api.github.com";

export class FakeGithub {
  /** Comments by the number of their pull request. */
  readonly comments = new Map<number, string[]>();
  /** What was asked and is not known here. */
  readonly unknown: string[] = [];
  private readonly pulls = new Map<number, Pull>();
  private readonly statuses = new EventEmitter();
  private readonly repository: object;
  private readonly path: string;
  private readonly proxy = createProxy();
  private readonly folder: string;

  /** Of one repository, `acme/platform`. The folder is for its certificate. */
  constructor(repository: string, folder: string) {
    const [owner = "", name = ""] = repository.split("/");
    const url = `https://github.com/${repository}`;
    this.repository = {
      full_name: repository,
      name,
      owner: { login: owner },
      default_branch: "main",
      clone_url: `${url}.git`,
      html_url: url,
    };
    this.path = `/repos/${repository}`;
    this.folder = folder;
  }

  /** Starts it, and gives the environment that leads whoever asks github.com here: by a proxy, whose every way ends here. */
  async start(): Promise<Readonly<Record<string, string>>> {
    const [key, cert] = [join(this.folder, "key.pem"), join(this.folder, "certificate.pem")];
    const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
    const name = ["-subj", `/CN=${host}`, "-addext", `subjectAltName=DNS:${host}`];
    await succeed("openssl", ["req", "-x509", ...curve, ...name, "-keyout", key, "-out", cert]);
    const api = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
      void this.answer(request).then(([status, value]) => {
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
      });
    });
    this.proxy.on("connect", (_, socket) => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      api.emit("connection", socket);
    });
    await once(this.proxy.listen(0, "127.0.0.1"), "listening");
    const { port } = this.proxy.address() as AddressInfo;
    return { HTTPS_PROXY: `http://127.0.0.1:${port}`, SSL_CERT_FILE: cert };
  }

  stop(): void {
    this.proxy.close();
    this.proxy.closeAllConnections();
  }

  /** What GitHub sends when something happens to a pull request, signed with the secret. */
  event(action: "opened" | "closed", pull: Pull, secret: string): Webhook {
    this.pulls.set(pull.number, pull);
    const { number, repository } = { ...pull, repository: this.repository };
    const body = JSON.stringify({
      action,
      number,
      pull_request: this.describe(pull),
      repository,
      sender: { login: "dev" },
    });
    const signature = createHmac("sha256", secret).update(body).digest("hex");
    return {
      body,
      headers: {
        "content-type": "application/json",
        "x-github-event": "pull_request",
        "x-hub-signature-256": `sha256=${signature}`,
      },
    };
  }

  /** The final status of the plan of a pull request, once there is one: `success: 1/1 projects planned successfully.` */
  async planned({ commit }: Pull, seconds: number): Promise<string> {
    const [{ state, description }] = (await once(this.statuses, commit, {
      signal: AbortSignal.timeout(seconds * 1000),
    })) as [Status];
    return `${state}: ${description}`;
  }

  private describe({ number, branch, commit }: Pull): object {
    const { repository: repo } = this;
    return {
      number,
      state: "open",
      user: { login: "dev" },
      html_url: `https://github.com${this.path.slice("/repos".length)}/pull/${number}`,
      head: { ref: branch, sha: commit, repo },
      base: { ref: "main", sha: commit, repo },
    };
  }

  /** The status and the value with which a request is answered. */
  private async answer(request: IncomingMessage): Promise<readonly [number, unknown]> {
    const { method = "", url = "" } = request;
    const body = await text(request);
    const asked = `${method} ${url.replace(/\?.*/, "").replace(this.path, "")}`;
    const [, commit] = /^POST \/statuses\/(\w+)$/.exec(asked) ?? [];
    if (commit !== undefined) return [201, this.take(commit, JSON.parse(body) as Status)];
    const [, verb, number] =
      /^(GET \/pulls\/|GET \/issues\/|POST \/issues\/)(\d+)\/(?:files|comments)$/.exec(asked) ?? [];
    if (verb === "POST /issues/")
      return [201, this.comment(Number(number), (JSON.parse(body) as { body: string }).body)];
    if (verb === "GET /issues/") return [200, []];
    const pull = this.pulls.get(Number(number));
    if (pull) return [200, pull.files.map((filename) => ({ filename, status: "modified" }))];
    this.unknown.push(asked);
    return [404, { message: "Not Found" }];
  }

  private take(commit: string, status: Status): Status {
    if (status.context === "atlantis/plan" && status.state !== "pending") this.statuses.emit(commit, status);
    return status;
  }

  private comment(number: number, body: string): object {
    this.comments.set(number, [...(this.comments.get(number) ?? []), body]);
    return { body };
  }
}
