import { assertAnswered } from "./assert-answered.ts";
import { protocolMessage, splitFrontendMessages } from "./frontend-message.ts";
import { greetClient } from "./greet-client.ts";
import { refuseCopy } from "./refuse-copy.ts";
import { renamePrepared } from "./rename-prepared.ts";

/** The engine that the clients share. `execute` runs whole protocol messages at once and returns its answer. */
interface SharedSession {
  serverVersion: string;
  execute: (bytes: Uint8Array) => Uint8Array;
  isInTransaction: () => boolean;
}

interface MuxOptions {
  session: SharedSession;
  send(client: number, bytes: Uint8Array): void;
  end(client: number): void;
  idleTransactionTimeoutMs: number;
}

/** Messages up to a point where the engine answers; after a Flush the client still owns the session until a Sync. */
interface Batch {
  bytes: Buffer;
  synced: boolean;
}

interface Client {
  id: number;
  started: boolean;
  incoming: Buffer;
  open: Buffer[];
  batches: Batch[];
  prepared: Set<string>;
  synced: boolean;
}

const SYNC = protocolMessage("S");

/**
 * Lets many Postgres clients share the one session of the embedded engine. A client in a transaction (or between a
 * Flush and its Sync) owns the session until it ends; a client that dies there is rolled back, one that sits idle
 * there too long is rolled back and hung up on. Everybody else waits in the order of arrival.
 */
export class SessionMux {
  readonly #options: MuxOptions;
  readonly #clients = new Map<number, Client>();
  readonly #waiting = new Set<Client>();
  #owner: Client | null = null;
  #idleTimer: NodeJS.Timeout | undefined;
  #executedBatches = 0;

  constructor(options: MuxOptions) {
    this.#options = options;
  }

  /** How many batches of clients ran so far; tells housekeeping whether the engine is idle. */
  get executedBatches(): number {
    return this.#executedBatches;
  }

  /** True while no client is inside a transaction or waiting for its turn. */
  get isFree(): boolean {
    return this.#owner === null && this.#waiting.size === 0;
  }

  /** Takes bytes from a client, which is known from its first ones on. */
  receive(id: number, bytes: Uint8Array): void {
    const client = this.#clients.get(id) ?? this.#admit(id);
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    client.incoming = client.incoming.length === 0 ? chunk : Buffer.concat([client.incoming, chunk]);
    while (!client.started) {
      if (client.incoming.length < 8 || client.incoming.length < client.incoming.readInt32BE(0)) return;
      const length = client.incoming.readInt32BE(0);
      const greeting = greetClient(
        client.incoming.subarray(0, length),
        id,
        this.#options.session.serverVersion,
      );
      client.incoming = client.incoming.subarray(length);
      if (greeting === null) {
        this.#hangUp(client);
        return;
      }
      client.started = greeting.started;
      this.#options.send(id, greeting.reply);
    }
    const { messages, rest } = splitFrontendMessages(client.incoming);
    client.incoming = rest;
    for (const message of messages) {
      if (message.type === "X") {
        this.close(id);
        return;
      }
      const renamed = renamePrepared(refuseCopy(message), id);
      if (renamed.prepared !== null) client.prepared.add(renamed.prepared);
      client.open.push(renamed.bytes);
      if ("QSHFcf".includes(message.type)) {
        client.batches.push({ bytes: Buffer.concat(client.open), synced: message.type !== "H" });
        client.open = [];
      }
    }
    if (client.batches.length === 0) return;
    if (client !== this.#owner) this.#waiting.add(client);
    this.#drain();
  }

  /** Forgets a client that is gone and undoes what it left open. */
  close(id: number): void {
    const client = this.#clients.get(id);
    if (client === undefined) return;
    this.#clients.delete(id);
    this.#waiting.delete(client);
    if (client === this.#owner) this.#takeBack(client);
    if (client.prepared.size > 0 && this.#owner === null) this.#deallocate(client);
    this.#drain();
  }

  #admit(id: number): Client {
    const client: Client = {
      id,
      started: false,
      incoming: Buffer.alloc(0),
      open: [],
      batches: [],
      prepared: new Set(),
      synced: true,
    };
    this.#clients.set(id, client);
    return client;
  }

  #drain(): void {
    for (;;) {
      const client = this.#owner ?? this.#waiting.values().next().value;
      const batch = client?.batches.shift();
      if (client === undefined || batch === undefined) break;
      this.#waiting.delete(client);
      this.#execute(client, batch);
      if (this.#owner === null && client.batches.length > 0) this.#waiting.add(client);
    }
    clearTimeout(this.#idleTimer);
    const owner = this.#owner;
    if (owner === null) return;
    this.#idleTimer = setTimeout(() => this.#expire(owner), this.#options.idleTransactionTimeoutMs);
    this.#idleTimer.unref();
  }

  #execute(client: Client, batch: Batch): void {
    this.#executedBatches += 1;
    client.synced = batch.synced;
    const reply = this.#options.session.execute(batch.bytes);
    const holds = !batch.synced || this.#options.session.isInTransaction();
    this.#owner = holds ? client : null;
    if (reply.length > 0) this.#options.send(client.id, reply);
    if (batch.synced) assertAnswered(reply);
  }

  #takeBack(client: Client): void {
    const { session } = this.#options;
    if (!client.synced) assertAnswered(session.execute(SYNC));
    if (session.isInTransaction()) assertAnswered(session.execute(protocolMessage("Q", "ROLLBACK\0")));
    this.#owner = null;
  }

  #deallocate(client: Client): void {
    for (const name of client.prepared) {
      this.#options.session.execute(Buffer.concat([protocolMessage("C", `S${name}\0`), SYNC]));
    }
  }

  #expire(client: Client): void {
    const seconds = Math.round(this.#options.idleTransactionTimeoutMs / 1000);
    const text = `The transaction was rolled back: it was left open without a statement for ${seconds} s.`;
    const fields = `SFATAL\0VFATAL\0C25P03\0M${text}\0\0`;
    this.#options.send(client.id, protocolMessage("E", fields));
    this.#hangUp(client);
  }

  #hangUp(client: Client): void {
    this.#options.end(client.id);
    this.close(client.id);
  }
}
