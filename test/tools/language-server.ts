import { type ChildProcess, spawn } from "node:child_process";
import { killGroup } from "./tool.ts";

/** A position of the Language Server Protocol: both count from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

type Waiting = (message: Message) => void;

/** What an editor would tell the server of its settings: the schema is named by the file itself, and none is fetched. */
const settings = { validate: true, hover: true, completion: true, schemaStore: { enable: false }, schemas: {} };

/** A client of the Language Server Protocol, as small as a test allows. */
export class LanguageServer {
  readonly #process: ChildProcess;
  readonly #answers = new Map<number, Waiting>();
  readonly #notifications = new Map<string, Waiting[]>();
  #received = Buffer.alloc(0);
  #nextId = 1;

  constructor(command: string, args: readonly string[]) {
    this.#process = spawn(command, args, { detached: true, stdio: ["pipe", "pipe", "inherit"] });
    this.#process.stdout?.on("data", (bytes: Buffer) => this.#receive(bytes));
  }

  /** Resolves to the server's answer; rejects on an error, and after 30 seconds. */
  async request<Result>(method: string, params: object): Promise<Result> {
    const id = this.#nextId++;
    const answer = withTimeout(method, (resolve) => this.#answers.set(id, resolve));
    this.#send({ id, method, params });
    const { result, error } = await answer;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result as Result;
  }

  notify(method: string, params: object): void {
    this.#send({ method, params });
  }

  /** The next notification of this name. */
  async next<Params>(method: string): Promise<Params> {
    const message = await withTimeout(method, (resolve) => {
      this.#notifications.set(method, [...(this.#notifications.get(method) ?? []), resolve]);
    });
    return message.params as Params;
  }

  stop(): void {
    killGroup(this.#process.pid);
  }

  #send(message: object): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#process.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #receive(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (;;) {
      const [header, length] =
        /^Content-Length: (\d+)\r\n(?:.*\r\n)*?\r\n/.exec(this.#received.toString("latin1")) ?? [];
      if (header === undefined || this.#received.length < header.length + Number(length)) return;
      const end = header.length + Number(length);
      const message = JSON.parse(this.#received.subarray(header.length, end).toString()) as Message;
      this.#received = this.#received.subarray(end);
      this.#handle(message);
    }
  }

  #handle(message: Message): void {
    const { id, method } = message;
    if (method === undefined) this.#answers.get(id as number)?.(message);
    else if (id !== undefined) this.#send({ id, result: answerTo(method, message.params) });
    else for (const waiting of this.#notifications.get(method)?.splice(0) ?? []) waiting(message);
  }
}

/** The server asks its client for settings, one list item for each section that it names. */
function answerTo(method: string, params: unknown): unknown {
  if (method !== "workspace/configuration") return null;
  const { items } = params as { readonly items: readonly { readonly section?: string }[] };
  return items.map(({ section }) => (section === "yaml" ? settings : {}));
}

function withTimeout(what: string, start: (resolve: Waiting) => void): Promise<Message> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${what}: no answer in 30 s`)), 30_000);
    start((message) => {
      clearTimeout(timer);
      resolve(message);
    });
  });
}
