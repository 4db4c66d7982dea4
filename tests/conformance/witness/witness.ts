import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { z } from "zod";
import type { Sighting } from "./sighting.ts";

const messageSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("sighting"), key: z.string(), label: z.string(), data: z.unknown() }),
  z.object({ kind: z.literal("gate"), key: z.string(), gate: z.string() }),
]);

/** Remembers what the functions did, outside the processes that are killed. */
export interface Witness {
  url: string;
  seen(key: string, label: string): Sighting[];
  until(key: string, label: string, count: number, limitMs: number): Promise<[Sighting, ...Sighting[]]>;
  open(key: string, gate: string): void;
  stop(): Promise<void>;
}

/** Starts the witness on a free port of loopback. */
export async function startWitness(): Promise<Witness> {
  const sightings = new Map<string, Sighting[]>();
  const listeners = new Set<() => void>();
  const opened = new Set<string>();
  const held = new Map<string, Set<ServerResponse>>();

  const server = createServer((request, response) => {
    hear(request, response).catch(() => response.writeHead(400).end());
  });
  async function hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const message = messageSchema.parse(JSON.parse(await text(request)));
    if (message.kind === "gate") return hold(`${message.key} ${message.gate}`, response);
    const id = `${message.key} ${message.label}`;
    const list = sightings.get(id) ?? [];
    sightings.set(id, list);
    list.push({ label: message.label, data: message.data, atMs: Date.now() });
    for (const listener of listeners) listener();
    response.end();
  }
  function hold(gate: string, response: ServerResponse): void {
    if (opened.has(gate)) {
      response.end();
      return;
    }
    const waiting = held.get(gate) ?? new Set();
    held.set(gate, waiting.add(response));
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const seen = (key: string, label: string) => [...(sightings.get(`${key} ${label}`) ?? [])];
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    until(key, label, count, limitMs) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const [first, ...others] = seen(key, label);
          if (first === undefined || others.length + 1 < count) return;
          finish();
          resolve([first, ...others]);
        };
        const limit = setTimeout(() => {
          finish();
          reject(
            new Error(`saw "${label}" ${seen(key, label).length} of ${count} times in ${limitMs / 1000} s`),
          );
        }, limitMs);
        const finish = () => {
          clearTimeout(limit);
          listeners.delete(look);
        };
        listeners.add(look);
        look();
      });
    },
    open(key, gate) {
      opened.add(`${key} ${gate}`);
      for (const response of held.get(`${key} ${gate}`) ?? []) response.end();
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
