import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { z } from "zod";
import { createEngine } from "#inngest/embedded/engine.ts";
import { sendOverLoopback } from "#inngest/send-over-loopback.ts";
import { registerDatabase } from "#lib/db/database.ts";
import { deployMigrations } from "#lib/db/deploy-migrations.ts";
import { openDatabase } from "#lib/db/open-database.ts";
import { acquireDataFolderLock } from "#scripts/data-folder-lock.mjs";
import { MIGRATIONS_DIRECTORY } from "#tests/support/migrations-directory.ts";

// The embedded engine as an Inngest server: a database, the engine, and a port that answers with the engine's `fetch`.
// All that the suite knows of the engine's inside is in this file.

const settings = z
  .object({
    DATABASE_URL: z.string().optional(),
    GATEHOUSE_DATA: z.string(),
    CONFORMANCE_SNAPSHOT: z.string().optional(),
    CONFORMANCE_ENGINE_PORT: z.coerce.number(),
    CONFORMANCE_APP_URL: z.string(),
    CONFORMANCE_SIGNING_KEY: z.string(),
    CONFORMANCE_LEASE_MS: z.coerce.number(),
  })
  .parse(process.env);

/** How long calls under way may go on when the engine is stopped. */
const graceMs = 3_000;

async function open() {
  const { DATABASE_URL: databaseUrl, GATEHOUSE_DATA, CONFORMANCE_SNAPSHOT: snapshotFile } = settings;
  if (databaseUrl !== undefined) return openDatabase({ dataDirectory: null, databaseUrl });
  if (snapshotFile !== undefined) return openDatabase({ dataDirectory: null, snapshotFile });
  await acquireDataFolderLock(path.resolve(GATEHOUSE_DATA));
  return openDatabase({ dataDirectory: GATEHOUSE_DATA });
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request);
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  const answered = await engine.fetch(`http://${request.headers.host}${request.url}`, {
    method: request.method ?? "GET",
    headers,
    ...(body.length > 0 ? { body } : {}),
  });
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(Buffer.from(await answered.arrayBuffer()));
}

async function stop(): Promise<void> {
  await engine.quiesce();
  await engine.stop(graceMs);
  server.closeAllConnections();
  await database.close();
  process.exit();
}

const database = await open();
registerDatabase(database);
await deployMigrations(database.pool, MIGRATIONS_DIRECTORY);
const engine = createEngine({
  served: {
    url: settings.CONFORMANCE_APP_URL,
    signingKey: settings.CONFORMANCE_SIGNING_KEY,
    send: sendOverLoopback,
  },
  onError: (message, error) => console.error(message, error),
  leaseMs: settings.CONFORMANCE_LEASE_MS,
});
const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    console.error(error);
    response.writeHead(500).end();
  });
});
server.listen(settings.CONFORMANCE_ENGINE_PORT, "127.0.0.1");
await once(server, "listening");
await engine.sync();
await engine.start();

process.once("disconnect", () => process.exit());
process.once("SIGTERM", () => void stop());
process.send?.("ready");
