/** What the process tells the engine's thread. Bytes are the Postgres frontend protocol. */
export type ToEngine =
  | { kind: "data"; client: number; bytes: Uint8Array }
  | { kind: "close"; client: number }
  | { kind: "stop" };

/** What the engine's thread answers. Bytes are the Postgres backend protocol; `end` hangs up on a client. */
export type FromEngine =
  | { kind: "ready" }
  | { kind: "data"; client: number; bytes: Uint8Array }
  | { kind: "end"; client: number }
  | { kind: "stopped" };

/** What the engine's thread is started with. */
export interface EngineOptions {
  /** The folder of the database; null keeps it in memory. */
  directory: string | null;
  /** A tar file that an empty database starts from. */
  snapshotFile: string | null;
  /** How long a client may leave a transaction open without a statement before it is rolled back. */
  idleTransactionTimeoutMs: number;
}
