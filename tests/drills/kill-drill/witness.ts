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
  keys(): string[];
  /** True when the effect of this Idempotency-Key came. */
  has(key: string): boolean;
  close(): void;
}

/** Longest time it takes to answer an effect, so that kills fall before, into and after it. */
const MOST_DELAY_MS = 40;
/** How often it hangs up without a word, when it has not taken the effect and when it has. */
const DEAF_SHARE = 0.03;
const MUTE_SHARE = 0.06;

/** Starts a witness: POST /hook is an effect under its Idempotency-Key, GET /page a page to read. */
export async function startWitness(random: () => number): Promise<Witness> {
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    if (request.method === "GET") {
      response.setHeader("content-type", "text/plain").end("A page of the witness.");
      return;
    }
    const manner = random();
    if (manner < DEAF_SHARE) return void request.socket.destroy();
    const key = String(request.headers["idempotency-key"]);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (manner < DEAF_SHARE + MUTE_SHARE) return void request.socket.destroy();
    request.resume();
    setTimeout(() => response.end("done"), random() * MOST_DELAY_MS);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    twice: () => [...counts].flatMap(([key, count]) => (count > 1 ? [key] : [])),
    effects: () => counts.size,
    keys: () => [...counts.keys()],
    has: (key) => counts.has(key),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
