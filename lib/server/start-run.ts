import { randomUUID } from "node:crypto";
import { AppError } from "#lib/core/app-error.ts";
import { overridesOf } from "#lib/core/overrides-of.ts";
import { savedState } from "#lib/core/transient-state.ts";
import { withOverrides } from "#lib/core/with-overrides.ts";
import type { DurableEvent } from "#lib/core/durable-event.ts";
import { inputPreview } from "#lib/core/input-preview.ts";
import type { RunIdentity } from "#lib/core/journal.ts";
import type { RunInput } from "#lib/core/run-event.ts";
import { readRunInput } from "#lib/core/read-run-input.ts";
import type { RunRequest } from "#lib/core/run-request.ts";
import type { RunStatus } from "#lib/core/run-status.ts";
import type { Scope } from "#lib/core/scope.ts";
import { isRepeatedStart } from "#lib/db/is-repeated-start.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { getRunSummary } from "#lib/db/runs.ts";
import { runIdentityOf } from "#lib/db/run-row.ts";
import { acceptFiles } from "./accept-files.ts";
import { bindModel } from "./bind-model.ts";
import { bootId } from "./boot-id.ts";
import { driveInProcess } from "./drive-in-process.ts";
import { driveNewRun } from "./drive-new-run.ts";
import { idempotencyKeyOf, requestHash, type UploadedFile } from "./idempotency.ts";
import { loadHistory } from "./load-history.ts";
import { toldSummary } from "./told-summary.ts";
import { resolveAgent } from "./resolve-agent.ts";
import { resolveDependencies } from "./resolve-dependencies.ts";
import { screenQuestion } from "./screen-question.ts";
import { type RunWatch, watchRun } from "./watch-run.ts";

/** A question to an agent. */
export interface StartRunInput {
  agentId: string;
  request: RunRequest;
  files: readonly UploadedFile[];
  /** Whose run it will be; null only for an administrator who names nobody. */
  subject: string | null;
  /** The session that the caller's credential is bound to; overrides the request's. */
  boundSessionId: string | null;
  idempotencyKey: string | null;
}

/** A run under way, with a watch that has missed nothing of it. The caller closes the watch. */
export interface StartedRun {
  run: RunIdentity;
  /** PENDING until somebody drives it. */
  status: RunStatus;
  watch: RunWatch;
}

/**
 * Starts a run, or finds the one that the same Idempotency-Key started before. The run is acknowledged only once its
 * first event is committed; from then on it goes on whether or not anybody watches. This process drives it at once; a
 * background run waits for the durable engine.
 * Throws not_found (agent, another subject's session), conflict (session of another component),
 * invalid (a message that does not fit the input schema, a key used for another request, a session state that grows too
 * large), upstream_failed (what the agent's code resolves at the start of a run), bad_request (a kind of file that is not taken, a pattern of a guardrail that takes too long). Personal data
 * that the agent masks is masked before anything is written; what it refuses leaves a run that ends with that.
 */
export async function startRun(scope: Scope, input: StartRunInput): Promise<StartedRun> {
  const { request } = input;
  const agent = await resolveAgent(scope, input.agentId, request.version);
  const asRequested = overridesOf(request);
  const wanted = withOverrides(agent.definition, asRequested);
  const asked = readRunInput(wanted.input_schema, request.message);
  const model = await bindModel(scope, wanted.model);
  const { message, files, screened } = screenQuestion(wanted, asked, acceptFiles(input.files));

  const sessionId = input.boundSessionId ?? request.session_id ?? randomUUID();
  const key = input.idempotencyKey === null ? null : idempotencyKeyOf(input.subject, input.idempotencyKey);
  const resolved = await resolveDependencies({ ...scope, subject: input.subject }, wanted, {
    sessionId,
    // A start that is repeated finds its run, whether or not what that depends on is there now.
    isRepeated: async () => key !== null && (await isRepeatedStart(scope, input.subject, key)),
  });
  // Kept with the run's start: whoever goes on with it has what it began with.
  const overrides =
    resolved === undefined
      ? asRequested
      : { ...asRequested, dependencies: { ...asRequested?.dependencies, ...resolved } };
  const definition = withOverrides(agent.definition, overrides);

  const runId = randomUUID();
  const run: RunIdentity = {
    organizationId: scope.organizationId,
    runId,
    rootRunId: runId,
    parentRunId: null,
    sessionId,
    componentType: "agent",
    componentId: definition.id,
    componentName: definition.name,
    nestedDepth: 0,
  };
  // Opened before the run exists, so that everything the driver commits reaches it from memory.
  const watch = watchRun(scope, runId, { afterIndex: -1, caughtUp: true });
  try {
    const question: RunInput = {
      content: message,
      ...(files.length === 0 ? {} : { attachments: files.map(({ attachment }) => attachment) }),
      ...(screened === undefined ? {} : { screened }),
    };
    const { organizationId } = scope;
    const requested: DurableEvent = {
      name: "gatehouse/run.requested",
      data: { organizationId, runId, subject: input.subject, generation: 0 },
    };
    // The hash of what was masked would tell a guesser what it was.
    const kept = screened === undefined ? request : { ...request, message };
    const hash = input.idempotencyKey === null ? null : requestHash(input.agentId, kept, files);
    const created = await journalWriter().createRun(scope, {
      runId,
      rootRunId: runId,
      parentRunId: null,
      session: {
        id: run.sessionId,
        title: null,
        state: savedState(definition.session_state),
        overwritesState: definition.overwrite_db_session_state,
        ...(request.session_state === undefined ? {} : { stateOverride: savedState(request.session_state) }),
      },
      subject: input.subject,
      componentType: "agent",
      componentId: definition.id,
      componentName: definition.name,
      componentVersion: agent.version,
      modelProvider: model.provider,
      modelId: model.id,
      input: question,
      inputPreview: inputPreview(message),
      ...(key === null || hash === null ? {} : { idempotencyKey: key, requestHash: hash }),
      events: [
        {
          runId,
          createdAtMs: Date.now(),
          body: {
            type: "RunStarted",
            model: model.id,
            model_provider: model.provider,
            input: question,
            ...(overrides === undefined ? {} : { overrides }),
          },
        },
      ],
      blobs: files.map(({ attachment, mediaType, bytes }) => ({ hash: attachment.hash, mediaType, bytes })),
      ...(request.background ? { bootId: null, outbox: [requested] } : { bootId: bootId() }),
    });
    switch (created.kind) {
      case "created": {
        if (request.background) return { run, status: "PENDING", watch };
        const { lease, sessionState, sessionCreated } = created;
        void driveInProcess(scope, runId, (signal) =>
          driveNewRun({
            scope: { ...scope, subject: input.subject },
            run,
            lease,
            definition,
            model,
            input: { content: message, files, screened },
            sessionState,
            loadHistory: () =>
              sessionCreated || !definition.add_history_to_context
                ? Promise.resolve([])
                : loadHistory(scope, run, definition.num_history_runs),
            loadSummary: () =>
              sessionCreated ? Promise.resolve("") : toldSummary(scope, definition, run.sessionId),
            signal,
          }),
        );
        return { run, status: "RUNNING", watch };
      }
      case "repeated":
        watch.close();
        return await watchRepeated(scope, created, hash);
      case "session_of_other_subject":
        throw new AppError("not_found", `Session with id '${run.sessionId}' not found`);
      case "session_of_other_component":
        throw new AppError(
          "conflict",
          `Session '${run.sessionId}' belongs to another component. Leave session_id out to open a new one.`,
        );
      case "session_state_too_large":
        throw new AppError(
          "invalid",
          `With these keys the session's state would take more than ${created.mostCharacters.toLocaleString("en")} characters as JSON. Empty keys that are no longer needed first.`,
        );
    }
  } catch (error) {
    watch.close();
    throw error;
  }
}

async function watchRepeated(
  scope: Scope,
  found: { runId: string; requestHash: string | null },
  hash: string | null,
): Promise<StartedRun> {
  if (found.requestHash !== hash) {
    throw new AppError("invalid", "This Idempotency-Key was used for another request. Send a new key.");
  }
  const summary = await getRunSummary(scope, found.runId);
  if (summary === null) throw new AppError("not_found", "Run not found");
  return {
    run: runIdentityOf(summary, 0),
    status: summary.status,
    watch: watchRun(scope, summary.rootRunId, { afterIndex: -1 }),
  };
}
