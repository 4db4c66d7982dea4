import type { LanguageModelV4Prompt } from "@ai-sdk/provider";
import { beforeEach, describe, expect, it } from "vitest";
import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import type { ReceivedFrame } from "#lib/core/run-view.ts";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import { listRunRequirements } from "#lib/db/requirements.ts";
import { readRunEvents } from "#lib/db/run-events.ts";
import { getRun } from "#lib/db/runs.ts";
import { expectNoOrphans } from "#tests/support/expect-no-orphans.ts";
import { NOTE, pauseWorld, refusal } from "#tests/support/pause-world.ts";
import {
  askAgent,
  caller,
  continueWith,
  heldCalls,
  pausingAgent,
  runOf,
} from "#tests/support/pausing-agent.ts";
import { recordPrompts } from "#tests/support/record-prompts.ts";
import { cancelRun } from "./cancel-run.ts";
import { driveRun } from "./drive-run.ts";
import { expireRequirements } from "./expire-requirements.ts";
import { resolveApproval } from "./resolve-approval.ts";

type Settings = AgentDefinition["tool_settings"][string];

/** What a call of take_note waits for, and what makes it wait. */
const KINDS = {
  confirmation: { requires_confirmation: true },
  input: { requires_user_input: true, user_input_fields: ["text"] },
  external: { external_execution: true },
  "approval required": { approval_type: "required" },
  "approval audit": { requires_confirmation: true, approval_type: "audit" },
} as const satisfies Record<string, Partial<Settings>>;
type Kind = keyof typeof KINDS;

const ANSWERS = ["approve", "reject", "edit", "expire", "cancel"] as const;
type Answer = (typeof ANSWERS)[number];

const PROCESSES = ["same process", "restarted process"] as const;

/**
 * Combinations in which an answer cannot be what it is elsewhere: why, and what comes of it instead. Beside these, only
 * a policy sets a time to decide; here every row is given one, for what time does must not depend on who set it.
 */
const OTHERWISE: Partial<Record<`${Kind}, ${Answer}`, string>> = {
  "input, edit":
    "the form is the edit: other arguments that come with it are not believed, and nothing is told as changed",
  "external, edit":
    "the work was done elsewhere: there are no arguments to change, and the result is the answer",
};

interface Expected {
  status: "COMPLETED" | "CANCELLED";
  notes: string[];
  /** What the model is sent next of the call; null when it is asked nothing more. */
  told: RegExp | null;
  /** The names of the events after the first pause; texts and model calls left out. */
  events: string[];
  effects: string[];
  audit: { action: string; actorId: string; changed: boolean }[];
  requirement: { status: string; outcome: string | null };
}

const MADE = ["RunContinued", "ToolCallStarted", "ToolCallCompleted", "RunCompleted"];

function expectedOf(kind: Kind, answer: Answer): Expected {
  const by = kind === "approval required" ? "boss" : "ann";
  switch (answer) {
    case "cancel":
      return {
        status: "CANCELLED",
        notes: [],
        told: null,
        events: ["RunCancelled", "RunCompleted"],
        effects: [],
        audit: [],
        requirement: { status: "cancelled", outcome: null },
      };
    case "expire":
      return {
        ...refused("requirement.expired", "requirement-expire"),
        told: /^denied: Nobody decided about the call of take_note in time, so it was not made\.$/,
        requirement: { status: "expired", outcome: "rejected" },
      };
    case "reject":
      return {
        ...refused("requirement.rejected", by),
        told: /^denied: not now$/,
        requirement: { status: "settled", outcome: "rejected" },
      };
    case "approve":
    case "edit": {
      const requirement = { status: "settled", outcome: "approved" };
      const changed = answer === "edit" && kind !== "external";
      const audit = [{ action: "requirement.approved", actorId: by, changed }];
      if (kind === "external") {
        const events = ["RunContinued", "RunCompleted"];
        const told = /^it is on the wall$/;
        return { status: "COMPLETED", notes: [], told, events, effects: [], audit, requirement };
      }
      const text = answer === "edit" ? "oat milk" : "milk";
      const isTold = changed && kind !== "input";
      const note = isTold
        ? `\\n\\[A person changed the arguments before this was done: {"text":"${text}"}\\]`
        : "";
      return {
        status: "COMPLETED",
        notes: [text],
        told: new RegExp(`^{"id":"[^"]+","text":"${text}"}${note}$`),
        events: MADE,
        effects: ["committed"],
        audit,
        requirement,
      };
    }
  }
}

function refused(action: string, actorId: string): Omit<Expected, "told" | "requirement"> {
  const audit = [{ action, actorId, changed: false }];
  return { status: "COMPLETED", notes: [], events: ["RunContinued", "RunCompleted"], effects: [], audit };
}

const world = pauseWorld();
const prompts: LanguageModelV4Prompt[] = [];
let restarts = false;

beforeEach(async () => {
  prompts.length = 0;
  await restart();
});

function restart(): Promise<void> {
  return world.restart(() => recordPrompts(prompts));
}

/** What a caller posts to continue: a copy of the call with their decision. */
function posted(
  kind: Kind,
  answer: "approve" | "reject" | "edit",
  held: ToolExecution,
): Partial<ToolExecution> {
  if (answer === "reject") return { ...held, confirmed: false, confirmation_note: "not now" };
  const edited = answer === "edit" ? { tool_args: { text: "oat milk" } } : {};
  switch (kind) {
    case "input": {
      const value = answer === "edit" ? "oat milk" : "milk";
      const form = held.user_input_schema?.map((field) => ({ ...field, value })) ?? null;
      const poison = answer === "edit" ? { tool_args: { text: "poison" } } : {};
      return { ...held, ...poison, user_input_schema: form, answered: true };
    }
    case "external":
      return { ...held, ...edited, result: "it is on the wall" };
    case "confirmation":
    case "approval required":
    case "approval audit":
      return { ...held, ...edited, confirmed: true };
  }
}

function resolution(answer: "approve" | "reject" | "edit") {
  if (answer === "reject") return { status: "rejected", resolution_data: { note: "not now" } } as const;
  const data = answer === "edit" ? { resolution_data: { tool_args: { text: "oat milk" } } } : {};
  return { status: "approved", ...data } as const;
}

/** The answer through the door it comes by. Whatever process drives the run then is another one where they restart. */
async function decide(kind: Kind, answer: Answer, frames: readonly ReceivedFrame[]): Promise<void> {
  const run = runOf(frames);
  const [held] = heldCalls(frames);
  if (held === undefined) throw new Error("Nothing waits.");
  switch (answer) {
    case "cancel":
      return cancelRun(world.scope, run.runId, run.sessionId);
    case "expire":
      await world.db.pool.query(
        `UPDATE "Requirement" SET "expiresAt" = now() - interval '1 second' WHERE "rootRunId" = $1`,
        [run.runId],
      );
      expect(await expireRequirements(50)).toBe(1);
      return drive(run.runId);
    case "approve":
    case "reject":
    case "edit": {
      if (kind === "approval required") {
        const boss = caller({ ...world.scope, subject: "boss" }, { scopes: ["approvals:write"] });
        await resolveApproval(boss, held.approval_id ?? "", resolution(answer));
        return drive(run.runId);
      }
      await continueWith(world.ann, run, [posted(kind, answer, held)]);
    }
  }
}

/** What the durable engine does when the outbox's message reaches it. */
async function drive(runId: string): Promise<void> {
  if (restarts) await restart();
  await driveRun(world.everyone, runId);
}

/** The result of the call as the model is sent it next. */
function lastTold(callId: string): string | null {
  const parts = (prompts.at(-1) ?? []).flatMap((message) => (message.role === "tool" ? message.content : []));
  const result = parts.find((part) => part.type === "tool-result" && part.toolCallId === callId);
  if (result?.type !== "tool-result") return null;
  const { output } = result;
  if (output.type === "execution-denied") return `denied: ${output.reason ?? ""}`;
  return output.type === "text" ? output.value : JSON.stringify(output);
}

/** What tells of the run and of its calls; what the model says and thinks beside it is another matter. */
const TOLD_EVENTS = /^(ToolCall|Run(?!Content(Completed)?$))/;

const TABLE = Object.keys(KINDS).flatMap((kind) =>
  ANSWERS.flatMap((answer) => PROCESSES.map((where) => ({ kind: kind as Kind, answer, where }))),
);

describe("a call that waits, answered", () => {
  it("has a table of all combinations", () => {
    expect(TABLE).toHaveLength(5 * 5 * 2);
  });

  it.each(TABLE.map((row) => ({ ...row, note: OTHERWISE[`${row.kind}, ${row.answer}`] ?? "as it says" })))(
    "$kind x $answer x $where: $note",
    async ({ kind, answer, where }) => {
      restarts = where === "restarted process";
      const expected = expectedOf(kind, answer);
      const agentId = await pausingAgent(world.scope, { take_note: KINDS[kind] as Settings });
      const frames = await askAgent(world.ann, agentId, NOTE);
      const { runId } = runOf(frames);
      const [held] = heldCalls(frames);
      const pausedAt = Number(frames.at(-1)?.event_index);
      expect(frames.at(-1)?.event).toBe("RunPaused");
      expect(prompts).toHaveLength(1);
      if (restarts) await restart();
      await decide(kind, answer, frames);

      expect(await getRun(world.everyone, runId)).toMatchObject({ status: expected.status });
      expect(await world.notes()).toEqual(expected.notes);
      expect(prompts).toHaveLength(expected.told === null ? 1 : 2);
      if (expected.told !== null) expect(lastTold(held?.tool_call_id ?? "")).toMatch(expected.told);
      for (const prompt of prompts) expectNoOrphans(prompt);

      await world.expectWhole(frames);
      const events = await readRunEvents(world.everyone, runId, pausedAt, 10_000);
      const names = events.map(({ body }) => body.type).filter((type) => TOLD_EVENTS.test(type));
      expect(names).toEqual(expected.events);

      const { rows: effects } = await world.db.pool.query<{ status: string }>(
        `SELECT status FROM "Effect" WHERE "rootRunId" = $1`,
        [runId],
      );
      expect(effects.map(({ status }) => status)).toEqual(expected.effects);
      const audited = (await world.audited()).map(({ action, actorId, details }) => ({
        action,
        actorId,
        changed: "changed_arguments_hash" in details,
      }));
      expect(audited).toEqual(expected.audit);
      expect(await listRunRequirements(world.scope, runId)).toMatchObject([expected.requirement]);

      // Whoever comes after finds it decided, by whichever door.
      if (held === undefined) throw new Error("Nothing waited.");
      const late = continueWith(world.ann, runOf(frames), [posted(kind, "approve", held)]);
      expect((await refusal(late))[0]).toBe(409);
      expect(await world.notes()).toEqual(expected.notes);
    },
  );
});
