import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** Stands in for a chat on loopback: what is posted to its incoming webhook is kept. */
export class Chat {
  readonly messages: string[] = [];

  private readonly server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      this.messages.push((JSON.parse(body) as { text: string }).text);
      response.end("ok");
    });
  });

  /** Starts it, and resolves to the webhook's address. */
  async start(): Promise<string> {
    await once(this.server.listen(0, "127.0.0.1"), "listening");
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
