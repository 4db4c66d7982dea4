import {
  type AppendRequest,
  type JournalEvent,
  type JournalPort,
  LeaseLostError,
  type RunLease,
} from "#lib/core/journal.ts";
import type { JsonValue } from "#lib/core/json.ts";
import type { RunEventBody } from "#lib/core/run-event.ts";

/** A journal in memory, which keeps every append as it came. */
export class MemoryJournal implements JournalPort {
  readonly appends: AppendRequest[] = [];
  readonly events: JournalEvent[] = [];
  readonly internals = new Map<number, JsonValue>();
  readonly compacted: [number, number][] = [];
  /** The generation that holds the lease; others are refused. */
  generation = 1;
  /** Awaited before each append is accepted. */
  hold: () => Promise<void> = () => Promise.resolve();

  async append(request: AppendRequest): Promise<{ firstIndex: number }> {
    await this.hold();
    if (request.lease.generation !== this.generation) throw new LeaseLostError(request.lease.rootRunId);
    const firstIndex = this.events.length;
    this.appends.push(request);
    for (const { runId, createdAtMs, body, internal } of request.events) {
      const index = this.events.length;
      if (internal !== undefined) this.internals.set(index, internal);
      const place = { rootRunId: request.lease.rootRunId, runId, index, lastIndex: index };
      // What a database gives back is a copy that went through JSON.
      const stored = JSON.parse(JSON.stringify(body)) as RunEventBody;
      this.events.push({ ...place, schemaVersion: 1, createdAtMs, body: stored });
    }
    return { firstIndex };
  }

  compact(_lease: RunLease, firstIndex: number, lastIndex: number): void {
    this.compacted.push([firstIndex, lastIndex]);
  }

  /** The names of the events, runs of the same text event as one. */
  get types(): string[] {
    const types = this.events.map((event) => event.body.type as string);
    return types.filter((type, at) => !/Content$|Delta$/.test(type) || types[at - 1] !== type);
  }

  /** The bodies of one type. */
  bodies<T extends RunEventBody["type"]>(type: T): Extract<RunEventBody, { type: T }>[] {
    return this.events.flatMap(({ body }) =>
      body.type === type ? [body as Extract<RunEventBody, { type: T }>] : [],
    );
  }

  /** All text of the run as a reader gets it. */
  get text(): string {
    return this.bodies("RunContent")
      .map((body) => body.content)
      .join("");
  }
}
