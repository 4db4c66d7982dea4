import { readInternalRecords } from "#lib/db/run-events.ts";
import type { ReceivedFrame } from "#lib/core/run-view.ts";
import type { RunOutput } from "#lib/core/run-wire.ts";
import { getRunOutput } from "#lib/server/get-run-output.ts";
import type { PauseWorld } from "./pause-world.ts";
import { continueWith, type PausedRun } from "./pausing-agent.ts";

/** Going on with Ann's runs, and what is to be seen of it. */
export class RunControlWorld {
  readonly #world: PauseWorld;

  constructor(world: PauseWorld) {
    this.#world = world;
  }

  /** Continues a run without decisions. */
  go(run: PausedRun, fields: Record<string, unknown>): Promise<ReceivedFrame[]> {
    return continueWith(this.#world.ann, run, [], { tools: "", ...fields });
  }

  /** A run as the wire shows it. */
  outputOf({ runId, sessionId }: PausedRun): Promise<RunOutput> {
    return getRunOutput(this.#world.scope, runId, sessionId);
  }

  /** The earlier runs that a run's model was told of first. */
  async historyOf(runId: string): Promise<unknown> {
    const records = await readInternalRecords(this.#world.scope, runId);
    const sent = records.find(({ type }) => type === "ModelRequestStarted")?.internal;
    return (sent as { history: string[] }).history;
  }

  /** What the audit trail says of runs, oldest first. */
  async audited(): Promise<Record<string, unknown>[]> {
    const { rows } = await this.#world.db.pool.query<Record<string, unknown>>(
      `SELECT action, "actorId", "targetId", details FROM "AuditEntry"
       WHERE "organizationId" = $1 AND "targetType" = 'run' ORDER BY id`,
      [this.#world.scope.organizationId],
    );
    return rows;
  }
}

/** What a run's own messages say: a letter for the role, and the text or the calls. */
export function toldIn({ messages }: RunOutput): string[] {
  return messages
    .filter(({ role, from_history: old }) => role !== "system" && !old)
    .map(({ role, content, tool_calls: calls }) => `${role[0]}: ${calls === undefined ? content : "call"}`);
}
