import { AppError } from "#lib/core/app-error.ts";
import { liveEvents } from "#lib/core/live-events.ts";
import type { HookReference } from "#lib/core/guardrail.ts";
import type { CheckedInput, CheckedOutput, Hook, HookContext } from "#lib/core/run-hook.ts";
import type { Scope } from "#lib/core/scope.ts";
import { transcript } from "#lib/core/transcript.ts";
import { readRunEvents } from "#lib/db/run-events.ts";
import type { RunRecord } from "#lib/db/run-row.ts";
import { getRun } from "#lib/db/runs.ts";
import { getSession } from "#lib/db/sessions.ts";
import { codeChecks } from "./code-checks.ts";
import { logFault } from "./log-fault.ts";
import { resolveAgent } from "./resolve-agent.ts";

const DEFAULT_TIMEOUT_MS = 30_000;
/** More rows than a run of sensible length has once its text is merged. */
const MOST_ROWS_PER_RUN = 5_000;

/**
 * Does the hooks of a completed run's agent that are done in the background, one after the other. One that fails is
 * logged and keeps none of the others from being done; after a crash all of them are done again.
 */
export async function performBackgroundHooks(scope: Scope, runId: string): Promise<void> {
  const run = await getRun(scope, runId);
  if (run === null || run.status !== "COMPLETED") return;
  const definition = await definitionOf(scope, run);
  if (definition === null) return;
  const told = await whatTheyAreTold(scope, run);
  for (const reference of [...definition.pre_hooks, ...definition.post_hooks]) {
    if (reference.background) await perform(scope, run, reference, told);
  }
}

/** An agent that is gone wants nothing. */
async function definitionOf(scope: Scope, run: RunRecord) {
  try {
    return (await resolveAgent(scope, run.componentId, run.componentVersion ?? undefined)).definition;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

interface Told {
  input: CheckedInput;
  output: CheckedOutput;
  state: HookContext["sessionState"];
}

async function whatTheyAreTold(scope: Scope, run: RunRecord): Promise<Told> {
  const [events, session] = await Promise.all([
    readRunEvents(scope, run.rootRunId, -1, MOST_ROWS_PER_RUN),
    getSession(scope, run.sessionId),
  ]);
  const live = liveEvents(events, run.id);
  const question = transcript(live).findLast((entry) => entry.kind === "question");
  const asked = question?.kind === "question" ? question.input : { content: "", attachments: [] };
  const files = (asked.attachments ?? []).map(({ filename, mime_type: mediaType }) => ({
    filename,
    mediaType,
  }));
  const completed = live.flatMap(({ body }) => (body.type === "RunCompleted" ? [body] : [])).at(-1);
  const over = () => {
    throw new Error("The run is over: its session's state can be read only.");
  };
  return {
    input: { content: asked.content, files },
    output: {
      input: asked.content,
      content: completed?.content ?? run.content ?? "",
      contentType: completed?.content_type ?? "str",
    },
    state: { get: () => structuredClone(session?.state ?? {}), set: over, delete: over },
  };
}

async function perform(scope: Scope, run: RunRecord, { name }: HookReference, told: Told): Promise<void> {
  const hook = codeChecks().hooks.get(name);
  try {
    if (hook === undefined) throw new Error(`There is no hook '${name}' any more.`);
    const signal = AbortSignal.timeout(hook.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    const context: HookContext = {
      scope: { ...scope, subject: run.subject },
      agentId: run.componentId,
      runId: run.id,
      sessionId: run.sessionId,
      idempotencyKey: `${run.id}:background:${name}`,
      signal,
      sessionState: told.state,
      nowMs: () => Date.now(),
    };
    await untilTimeout(call(hook, told, context), signal);
  } catch (error) {
    logFault("A background hook failed.", { runId: run.id, name }, error);
  }
}

/** What it returns is for nobody: the reply is out. */
async function call(hook: Hook, told: Told, context: HookContext): Promise<void> {
  if (hook.when === "pre") await hook.run(structuredClone(told.input), context);
  else await hook.run(structuredClone(told.output), context);
}

function untilTimeout(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    work.then(resolve, reject);
  });
}
