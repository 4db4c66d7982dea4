import { randomUUID } from "node:crypto";
import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import { createComponentSchema } from "#lib/core/component.ts";
import type { Principal } from "#lib/core/principal.ts";
import { continueRequestSchema, runRequestSchema } from "#lib/core/run-request.ts";
import type { ReceivedFrame } from "#lib/core/run-view.ts";
import type { Scope } from "#lib/core/scope.ts";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import { readFrames } from "#lib/client/read-frames.ts";
import { answerRun } from "#lib/server/answer-run.ts";
import { continueRun } from "#lib/server/continue-run.ts";
import { createComponent } from "#lib/server/create-component.ts";

/** Makes a stored agent of the scripted model whose tools wait as its settings say; returns its id. */
export async function pausingAgent(
  scope: Scope,
  toolSettings: AgentDefinition["tool_settings"],
  tools: readonly string[] = Object.keys(toolSettings),
): Promise<string> {
  const component = await createComponent(
    { ...scope, subject: null },
    createComponentSchema.parse({
      component_type: "agent",
      name: `Pausing ${randomUUID().slice(0, 8)}`,
      stage: "published",
      config: { model: { provider: "scripted", id: "demo-1" }, tools, tool_settings: toolSettings },
    }),
  );
  return component.component_id;
}

/** Somebody who calls the API. */
export function caller(scope: Scope, overrides: Partial<Principal> = {}): Principal {
  const { organizationId, subject } = scope;
  const id = subject ?? "admin";
  const scopes = subject === null ? ["agent_os:admin"] : ["agents:run"];
  return {
    kind: "jwt",
    id,
    organizationId,
    organizationSlug: "test",
    subject,
    scopes,
    role: null,
    sessionId: null,
    ...overrides,
  };
}

/** Asks an agent and reads its stream to the end or to the pause. */
export async function askAgent(
  principal: Principal,
  agentId: string,
  message: string,
  sessionId: string = randomUUID(),
): Promise<ReceivedFrame[]> {
  const request = runRequestSchema.parse({ message, session_id: sessionId });
  return framesOf(await answerRun(principal, { agentId, request, files: [], idempotencyKey: null }));
}

/** Which run to continue, as its frames tell it. */
export interface PausedRun {
  runId: string;
  agentId: string;
  sessionId: string;
}

/** The run that frames belong to. */
export function runOf(frames: readonly ReceivedFrame[]): PausedRun {
  const [first] = frames;
  return {
    runId: String(first?.run_id),
    agentId: String(first?.agent_id),
    sessionId: String(first?.session_id),
  };
}

/** The calls that the last frame says are waiting. */
export function heldCalls(frames: readonly ReceivedFrame[]): ToolExecution[] {
  return (frames.at(-1)?.tools ?? []) as ToolExecution[];
}

/** Continues a run with these calls, and reads its stream to the end or to the next pause. */
export async function continueWith(
  principal: Principal,
  { runId, agentId, sessionId }: PausedRun,
  tools: readonly Partial<ToolExecution>[],
  fields: Record<string, unknown> = {},
): Promise<ReceivedFrame[]> {
  const request = continueRequestSchema.parse({
    tools: JSON.stringify(tools),
    session_id: sessionId,
    ...fields,
  });
  return framesOf(await continueRun(principal, { runId, agentId, request }));
}

/** Follows a run that a decision has woken; it is followed from here on, and its frames can be awaited later. */
export async function followWoken(
  principal: Principal,
  { runId, agentId, sessionId }: PausedRun,
): Promise<{ frames: Promise<ReceivedFrame[]> }> {
  const request = continueRequestSchema.parse({ tools: "[]", session_id: sessionId });
  return { frames: framesOf(await continueRun(principal, { runId, agentId, request })) };
}

async function framesOf(answer: Response | object): Promise<ReceivedFrame[]> {
  if (!(answer instanceof Response)) throw new Error("The answer is no stream.");
  const frames: ReceivedFrame[] = [];
  for await (const frame of readFrames(answer)) frames.push(frame);
  return frames;
}

/** The names of the frames; pieces of one text count once. */
export function namesOf(frames: readonly ReceivedFrame[]): string[] {
  const names = frames.map(({ event }) => event);
  return names.filter((name, at) => name !== names[at - 1]);
}
