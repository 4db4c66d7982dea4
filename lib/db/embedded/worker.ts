import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { assertAnswered } from "./assert-answered.ts";
import type { EngineOptions, FromEngine, ToEngine } from "./engine-messages.ts";
import { startHousekeeping } from "./housekeeping.ts";
import { SessionMux } from "./session-mux.ts";

// The entry of the engine's thread: PGlite runs synchronously, so on the main thread it would hold up every request.

if (parentPort === null) throw new Error("The database engine's worker must run in a thread of its own.");
const port = parentPort;
const options = workerData as EngineOptions;
const say = (message: FromEngine, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

const engine = await PGlite.create({
  ...(options.directory === null ? {} : { dataDir: options.directory }),
  ...(options.snapshotFile === null ? {} : { loadDataDir: new Blob([readFileSync(options.snapshotFile)]) }),
  postgresqlconf: ["shared_buffers = 32MB", "timezone = 'UTC'", "max_wal_size = 256MB"],
});
const version = await engine.query<{ server_version: string }>("SHOW server_version");

function execute(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  // The call runs to its end before it returns; only syncing to a browser's storage would be asynchronous.
  void engine.execProtocolRawStream(bytes, {
    syncToFs: false,
    onRawData: (data) => void chunks.push(data.slice()),
  });
  const reply = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    reply.set(chunk, offset);
    offset += chunk.length;
  }
  return reply;
}

const mux = new SessionMux({
  session: {
    serverVersion: version.rows[0]?.server_version ?? "18",
    execute,
    isInTransaction: () => engine.isInTransaction(),
  },
  send: (client, bytes) => say({ kind: "data", client, bytes }),
  end: (client) => say({ kind: "end", client }),
  idleTransactionTimeoutMs: options.idleTransactionTimeoutMs,
});
const stopHousekeeping = startHousekeeping({
  mux,
  directory: options.directory,
  execute: (bytes) => assertAnswered(execute(bytes)),
});

port.on("message", (message: ToEngine) => {
  switch (message.kind) {
    case "data":
      mux.receive(message.client, message.bytes);
      break;
    case "close":
      mux.close(message.client);
      break;
    case "stop":
      stopHousekeeping();
      void engine.close().then(() => {
        say({ kind: "stopped" });
        port.close();
      });
      break;
  }
});
say({ kind: "ready" });
