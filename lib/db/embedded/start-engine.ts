import { Worker } from "node:worker_threads";
import type { EngineOptions, FromEngine, ToEngine } from "./engine-messages.ts";
import { EngineStream } from "./engine-stream.ts";

/** A running embedded database. */
export interface Engine {
  /** Makes the socket of one more Postgres client. */
  connect(): EngineStream;
  /** Closes the database cleanly and ends its thread. */
  stop(): Promise<void>;
}

/**
 * Starts the embedded database in a thread of its own and resolves when it answers.
 * `onFailure` is told once if the engine dies later; every client has lost its connection by then.
 */
export async function startEngine(
  options: EngineOptions,
  onFailure: (error: Error) => void,
): Promise<Engine> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: options });
  const streams = new Map<number, EngineStream>();
  const ready = Promise.withResolvers<void>();
  const stopped = Promise.withResolvers<void>();
  let state: "starting" | "running" | "stopping" | "dead" = "starting";
  let lastClient = 0;

  const fail = (cause: unknown) => {
    if (state === "dead") return;
    const before = state;
    state = "dead";
    const reason = cause instanceof Error ? cause.message : String(cause);
    const error = new Error(
      before === "starting"
        ? `The embedded database could not be opened: ${reason}`
        : `The embedded database stopped unexpectedly (${reason}); restart Gatehouse.`,
      { cause },
    );
    for (const stream of streams.values()) stream.destroy(error);
    ready.reject(error);
    if (before === "stopping") stopped.resolve();
    if (before === "running") onFailure(error);
  };
  worker.on("error", fail);
  worker.on("exit", (code) => fail(new Error(`The engine's thread ended with code ${code}.`)));
  worker.on("message", (message: FromEngine) => {
    switch (message.kind) {
      case "ready":
        state = "running";
        ready.resolve();
        break;
      case "data":
        streams
          .get(message.client)
          ?.push(Buffer.from(message.bytes.buffer, message.bytes.byteOffset, message.bytes.byteLength));
        break;
      case "end":
        streams.get(message.client)?.push(null);
        break;
      case "stopped":
        break;
    }
  });
  const say = (message: ToEngine, transfer: ArrayBuffer[] = []) => {
    if (state === "running") worker.postMessage(message, transfer);
  };

  await ready.promise;
  return {
    connect() {
      lastClient += 1;
      const client = lastClient;
      const stream = new EngineStream({
        send: (bytes) => say({ kind: "data", client, bytes }, [bytes.buffer]),
        close: () => {
          streams.delete(client);
          say({ kind: "close", client });
        },
      });
      if (state === "running") streams.set(client, stream);
      else stream.destroy(new Error("The embedded database is closed."));
      return stream;
    },
    async stop() {
      if (state === "running") {
        say({ kind: "stop" });
        state = "stopping";
      }
      if (state === "stopping") await stopped.promise;
    },
  };
}
