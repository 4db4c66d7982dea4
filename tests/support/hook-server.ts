import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Another system: it always takes a request, and then answers, hangs up or keeps silent. */
export interface HookServer {
  /** `http://127.0.0.1:PORT`. */
  origin: string;
  manner: "answer" | "hang up" | "keep silent";
  /** The Idempotency-Keys of what it took, in order. */
  taken: string[];
  /** Ends the requests that it keeps silent about. */
  hangUp(): void;
  close(): void;
}

/** Starts another system on a port of its own. */
export async function startHookServer(): Promise<HookServer> {
  const server = createServer((request, response) => {
    hook.taken.push(String(request.headers["idempotency-key"]));
    request.resume();
    if (hook.manner === "answer") response.end("taken");
    if (hook.manner === "hang up") request.socket.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const hook: HookServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    manner: "answer",
    taken: [],
    hangUp: () => server.closeAllConnections(),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return hook;
}
