import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import type { Principal } from "#lib/core/principal.ts";
import type { ReceivedFrame } from "#lib/core/run-view.ts";
import type { Scope } from "#lib/core/scope.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { type Heartbeat, startHeartbeat } from "#lib/db/leases.ts";
import { listNotes } from "#lib/db/notes.ts";
import { readRunEvents } from "#lib/db/run-events.ts";
import { bootId } from "#lib/server/boot-id.ts";
import { forgetProcess } from "./forget-process.ts";
import { identityEnvironment } from "./identity-environment.ts";
import { makeScope } from "./make-scope.ts";
import { caller, pausingAgent, runOf } from "./pausing-agent.ts";
import { openTestDatabase, type TestDatabase } from "./test-database.ts";

/** A request that notes "milk" by a tool call. */
export const NOTE = '/tool take_note {"text":"milk"}';

/** One row of the audit trail. */
interface AuditedDecision {
  action: string;
  actorId: string;
  details: Record<string, unknown>;
}

/** A world for tests of waiting runs; each test has an organization of its own, in which Ann asks. */
export class PauseWorld {
  db!: TestDatabase;
  /** Ann's rows. */
  scope!: Scope;
  ann!: Principal;
  #heartbeat!: Heartbeat;

  /** Everybody's rows of the organization. */
  get everyone(): Scope {
    return { ...this.scope, subject: null };
  }

  /** An agent whose notes Ann has to confirm. */
  confirming(): Promise<string> {
    return pausingAgent(this.scope, { take_note: { requires_confirmation: true } });
  }

  /** What was noted, in order. */
  async notes(): Promise<string[]> {
    return (await listNotes(this.scope, 100)).map(({ text }) => text).toReversed();
  }

  /** What the audit trail says of requirements, oldest first. */
  async audited(): Promise<AuditedDecision[]> {
    const { rows } = await this.db.pool.query<AuditedDecision>(
      `SELECT action, "actorId", details FROM "AuditEntry"
       WHERE "organizationId" = $1 AND "targetType" = 'requirement' ORDER BY id`,
      [this.scope.organizationId],
    );
    return rows;
  }

  /** Gives the first sign of life. */
  async begin(): Promise<void> {
    this.#heartbeat = await startHeartbeat(bootId());
  }

  /**
   * The process ends, and another begins on the same database: it knows nothing but what is written there. `prepare` sets
   * up the new one before anything of it is used.
   */
  async restart(prepare: () => void = () => undefined): Promise<void> {
    await this.end();
    forgetProcess();
    prepare();
    await this.begin();
  }

  async end(): Promise<void> {
    await journalWriter().drain();
    await this.#heartbeat.stop();
  }

  /** The run's indexes have no gap, and none comes twice. */
  async expectWhole(frames: readonly ReceivedFrame[]): Promise<void> {
    let next = 0;
    for (const event of await readRunEvents(this.everyone, runOf(frames).runId, -1, 10_000)) {
      expect(event.index).toBe(next);
      next = event.lastIndex + 1;
    }
  }
}

/** Opens the world for the tests of the file that calls this; `environment` is what the process is to read beside. */
export function pauseWorld(environment: Record<string, string> = {}): PauseWorld {
  const world = new PauseWorld();
  let removeFolder: () => void;
  beforeAll(async () => {
    removeFolder = identityEnvironment({ SCRIPTED_WORD_DELAY_MS: "0", ...environment });
    world.db = await openTestDatabase();
    await world.begin();
  });
  beforeEach(async () => {
    world.scope = await makeScope({ subject: "ann" });
    world.ann = caller(world.scope);
  });
  afterAll(async () => {
    await world.end();
    await world.db.close();
    removeFolder();
  });
  return world;
}

/** The status and the sentence of a refusal. */
export async function refusal(work: Promise<unknown>): Promise<[number, string]> {
  const error = await work.then(
    () => new Error("It was not refused."),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw error;
  return [error.status, error.message];
}
