import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A server outside the process under test that counts what reaches it. */
export interface Witness {
  /** `http://127.0.0.1:PORT`. */
  origin: string;
  /** The effects that came more than once, by their Idempotency-Key. */
  twice(): string[];
  /** How many different effects came. */
  effects(): number;
  close(): void;
}

/** Longest time it takes to answer an effect, so that kills fall before, into and after it. */
const MOST_DELAY_MS = 40;

/** Starts a witness: POST /hook is an effect under its Idempotency-Key, GET /page a page to read. */
export async function startWitness(random: () => number): Promise<Witness> {
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    if (request.method === "GET") {
      response.setHeader("content-type", "text/plain").end("A page of the witness.");
      return;
    }
    const key = String(request.headers["idempotency-key"]);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    request.resume();
    setTimeout(() => response.end("done"), random() * MOST_DELAY_MS);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    twice: () => [...counts].flatMap(([key, count]) => (count > 1 ? [key] : [])),
    effects: () => counts.size,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
