import type { RunLease } from "#lib/core/journal.ts";
import type { RunAttachment } from "#lib/core/run-event.ts";
import type { Scope } from "#lib/core/scope.ts";
import { withOverrides } from "#lib/core/with-overrides.ts";
import { getBlob } from "#lib/db/blobs.ts";
import { runIdentityOf } from "#lib/db/run-row.ts";
import type { InputFile, Resumption } from "#lib/runtime/ports.ts";
import type { ResumePoint } from "#lib/runtime/resume-point.ts";
import { bindModel } from "./bind-model.ts";
import type { ClaimedRun } from "./drive-claimed-run.ts";
import { loadHistory, loadHistoryRuns } from "./load-history.ts";
import { toldSummary } from "./told-summary.ts";
import type { LeftRun } from "./read-left-run.ts";
import { resolveAgent } from "./resolve-agent.ts";
import { toolMediaBytes } from "./tool-media-bytes.ts";

/**
 * Makes a claimed run ready to be driven: the version that it was started with, its model, its question with the files,
 * and of a run that was driven before the prompt as it was sent. Throws AppError, with a sentence for the person, when
 * the agent or its model is no longer there.
 */
export async function prepareLeftRun(
  scope: Scope,
  lease: RunLease,
  { row, events, internals, sessionState }: LeftRun,
  point: ResumePoint,
): Promise<Omit<ClaimedRun, "signal">> {
  const started = events.flatMap(({ body }) => (body.type === "RunStarted" ? [body] : []))[0];
  const agent = await resolveAgent(scope, row.componentId, row.componentVersion ?? undefined);
  const definition = withOverrides(agent.definition, started?.overrides);
  const model = await bindModel(scope, definition.model);
  const run = runIdentityOf(row, 0);
  const question = started?.input;
  const files = await readFiles(scope, question?.attachments ?? []);
  const { sent } = point;
  const system = sent === null ? null : await systemAsSent(scope, sent.system);
  const resumption: Resumption = {
    point,
    internals,
    system,
    files: await toolMediaBytes(scope, events),
  };
  return {
    scope: { ...scope, subject: row.subject },
    run,
    lease,
    definition,
    model,
    input: { content: question?.content ?? "", files, screened: question?.screened },
    sessionState,
    async loadHistory() {
      if (sent !== null) return loadHistoryRuns(scope, sent.history);
      return definition.add_history_to_context ? loadHistory(scope, run, definition.num_history_runs) : [];
    },
    // What was sent says what was told.
    loadSummary: () => (sent === null ? toldSummary(scope, definition, run.sessionId) : Promise.resolve("")),
    ...(lease.generation > 1 ? { resumption } : {}),
  };
}

/** The text under a hash; empty when none was sent, null when it is gone. */
async function systemAsSent(scope: Scope, hash: string | null | undefined): Promise<string | null> {
  if (hash === null || hash === undefined) return "";
  const blob = await getBlob(scope, hash);
  return blob === null ? null : blob.data.toString("utf8");
}

async function readFiles(scope: Scope, attachments: readonly RunAttachment[]): Promise<InputFile[]> {
  const files: InputFile[] = [];
  for (const { filename, mime_type: mediaType, hash } of attachments) {
    const blob = await getBlob(scope, hash);
    if (blob !== null) files.push({ filename, mediaType, bytes: blob.data });
  }
  return files;
}
