import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { SCHEDULER_SUBJECT } from "#lib/auth/scheduler-principal.ts";
import type { JsonObject } from "#lib/core/json.ts";
import type { Scope } from "#lib/core/scope.ts";
import type { Tool, ToolContext } from "#lib/core/tool.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { identityEnvironment } from "#tests/support/identity-environment.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { newEvent, newRun, newText } from "#tests/support/new-run.ts";
import { testAgent } from "#tests/support/run-ports.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { toolsOf } from "./tools-of.ts";

let db: TestDatabase;
let removeFolder: () => void;

beforeAll(async () => {
  removeFolder = identityEnvironment({});
  db = await openTestDatabase();
});
afterAll(async () => {
  await journalWriter().drain();
  await db.close();
  removeFolder();
});

const FLAGS = {
  enable_agentic_state: true,
  read_chat_history: true,
  read_tool_call_history: true,
  search_past_sessions: true,
};

interface Earlier {
  sessionId: string;
  question: string;
  answer: string;
  status?: "COMPLETED" | "ERROR";
  calls?: readonly { id: string; name: string; args: JsonObject; result: string }[];
  memberOf?: string;
}

/** Writes a run of the scope's subject as its driver would have left it; returns its id. */
async function earlier(scope: Scope, { sessionId, question, answer, ...more }: Earlier): Promise<string> {
  const { status = "COMPLETED", calls = [] } = more;
  const run = newRun({
    sessionId,
    subject: scope.subject,
    input: { content: question },
    inputPreview: question.slice(0, 100),
  });
  run.events = [newEvent(run.runId, { type: "RunStarted", input: { content: question } })];
  const created = await journalWriter().createRun(scope, run);
  if (created.kind !== "created") throw new Error(created.kind);
  const usage = { input_tokens: 0, output_tokens: 0, total_tokens: 0 };
  const details = { reasoning_tokens: 0, cache_read_tokens: 0, cache_write_tokens: 0 };
  const asked = calls.map(({ id, name, args }) => ({
    ...EXECUTION,
    tool_call_id: id,
    tool_name: name,
    tool_args: args,
  }));
  await journalWriter().append({
    lease: created.lease,
    events: [
      newEvent(run.runId, { type: "ModelRequestStarted" }),
      newText(run.runId, answer),
      newEvent(run.runId, { type: "ModelRequestCompleted", ...usage, ...details }),
      ...asked.map((tool) => newEvent(run.runId, { type: "ToolCallStarted", tool })),
      ...asked.map((tool, n) =>
        newEvent(run.runId, {
          type: "ToolCallCompleted",
          content: "done",
          tool: { ...tool, result: calls[n]?.result ?? "", tool_call_error: false },
        }),
      ),
    ],
    patches: [{ runId: run.runId, patch: { status, content: answer } }],
  });
  return run.runId;
}

const EXECUTION = {
  tool_call_error: null,
  result: null,
  metrics: null,
  child_run_id: null,
  stop_after_tool_call: false,
  created_at: 1_795_446_471,
  requires_confirmation: null,
  confirmed: null,
  confirmation_note: null,
  requires_user_input: null,
  user_input_schema: null,
  user_feedback_schema: null,
  answered: null,
  external_execution_required: null,
  external_execution_silent: null,
  approval_type: null,
  approval_id: null,
};

function callerOf(scope: Scope, sessionId: string, runId: string, flags = {}) {
  const tools = new Map(
    toolsOf(testAgent({ ...FLAGS, ...flags })).map((tool): [string, Tool] => [tool.name, tool]),
  );
  return (name: string, input: JsonObject = {}) => {
    const tool = tools.get(name);
    if (tool === undefined) throw new Error(`There is no tool ${name}.`);
    return Promise.resolve(tool.execute(tool.input.parse(input), { scope, sessionId, runId } as ToolContext));
  };
}

it("each flag adds its tools, that read or may be repeated; without flags there are none", () => {
  expect(toolsOf(testAgent({}))).toEqual([]);
  const effects = toolsOf(testAgent(FLAGS)).map(({ name, effect }) => `${name}: ${effect}`);
  expect(effects).toEqual([
    "update_session_state: idempotent",
    "get_chat_history: read",
    "get_tool_call_history: read",
    "search_past_sessions: read",
    "read_past_session: read",
  ]);
  // The same flags give the very same tools: they are described to models once.
  expect(toolsOf(testAgent(FLAGS))).toEqual(toolsOf(testAgent(FLAGS)));
  const held = testAgent({ ...FLAGS, tool_settings: { read_past_session: { requires_confirmation: true } } });
  expect(toolsOf(held).at(-1)?.hold).toEqual({ kind: "confirmation" });
});

it("the conversation is read up to the run that asks, and only what was answered", async () => {
  const scope = await makeScope({ subject: "ann" });
  const sessionId = randomUUID();
  await earlier(scope, { sessionId, question: "one", answer: "first" });
  await earlier(scope, { sessionId, question: "broken", answer: "half", status: "ERROR" });
  await earlier(scope, { sessionId, question: "two", answer: "second" });
  const now = await earlier(scope, { sessionId, question: "now", answer: "…" });
  await earlier(scope, { sessionId, question: "later", answer: "…" });
  const call = callerOf(scope, sessionId, now);
  expect(await call("get_chat_history")).toMatchObject([
    { role: "user", content: "one" },
    { role: "assistant", content: "first" },
    { role: "user", content: "two" },
    { role: "assistant", content: "second" },
  ]);
  expect(await call("get_chat_history", { num_chats: 1 })).toMatchObject([
    { content: "two" },
    { content: "second" },
  ]);
});

it("earlier calls of tools are read with what came of them, the newest ones", async () => {
  const scope = await makeScope({ subject: "ann" });
  const sessionId = randomUUID();
  const call = (id: string) => ({ id, name: "calculator", args: { expression: id }, result: `is ${id}` });
  await earlier(scope, { sessionId, question: "one", answer: "first", calls: [call("1"), call("2")] });
  for (let n = 0; n < 12; n++) await earlier(scope, { sessionId, question: `q${n}`, answer: "nothing" });
  await earlier(scope, { sessionId, question: "two", answer: "second", calls: [call("3")] });
  const now = await earlier(scope, { sessionId, question: "now", answer: "…", calls: [call("4")] });
  const read = callerOf(scope, sessionId, now);
  expect(await read("get_tool_call_history", { num_calls: 2 })).toEqual([
    { tool_name: "calculator", arguments: { expression: "2" }, result: "is 2" },
    { tool_name: "calculator", arguments: { expression: "3" }, result: "is 3" },
  ]);
  expect(await read("get_tool_call_history", { num_calls: 10 })).toHaveLength(3);
});

it("past sessions are listed with previews, newest first, and read whole", async () => {
  const scope = await makeScope({ subject: "ann" });
  const [first, second, here] = [randomUUID(), randomUUID(), randomUUID()];
  const long = "word ".repeat(100);
  for (const n of [1, 2, 3, 4])
    await earlier(scope, { sessionId: first, question: `q${n}`, answer: `a${n}` });
  await earlier(scope, { sessionId: second, question: "tides", answer: long });
  await earlier(scope, { sessionId: randomUUID(), question: "never answered", answer: "", status: "ERROR" });
  const now = await earlier(scope, { sessionId: here, question: "now", answer: "…" });
  await db.pool.query(`UPDATE "Session" SET "updatedAt" = now() - interval '9 days' WHERE id = $1`, [first]);
  const call = callerOf(scope, here, now, { num_past_session_runs_in_search: 2 });
  expect(await call("search_past_sessions")).toEqual([
    expect.objectContaining({
      session_id: second,
      agent_id: "plain",
      runs: [{ user: "tides", assistant: long.slice(0, 200) }],
    }),
    expect.objectContaining({
      session_id: first,
      runs: [
        { user: "q3", assistant: "a3" },
        { user: "q4", assistant: "a4" },
      ],
    }),
  ]);
  const one = callerOf(scope, here, now, { num_past_sessions_to_search: 1 });
  expect(await one("search_past_sessions")).toMatchObject([{ session_id: second }]);
  expect(await call("read_past_session", { session_id: second })).toMatchObject([
    { role: "user", content: "tides" },
    { role: "assistant", content: long },
  ]);
  expect(await call("read_past_session", { session_id: first, num_runs: 1 })).toMatchObject([
    { content: "q4" },
    { content: "a4" },
  ]);
});

it("a stranger sees nothing of it: another user, nobody, and the same name in another organization", async () => {
  const ann = await makeScope({ subject: "ann" });
  const sessionId = randomUUID();
  await earlier(ann, { sessionId, question: "secret", answer: "hidden" });
  const strangers = [
    { ...ann, subject: "eve" },
    { ...ann, subject: null },
    await makeScope({ subject: "ann" }),
  ];
  for (const stranger of strangers) {
    const here = randomUUID();
    const now = await earlier(stranger, { sessionId: here, question: "now", answer: "…" });
    const call = callerOf(stranger, here, now);
    expect(await call("search_past_sessions")).toEqual([]);
    await expect(call("read_past_session", { session_id: sessionId })).rejects.toThrow(
      "There is no past session",
    );
    // Not even with the ids of somebody else's session in its hands.
    expect(await callerOf(stranger, sessionId, now)("get_chat_history")).toEqual([]);
  }
});

it.each([null, SCHEDULER_SUBJECT])(
  "runs of %s have no past sessions, not even others of the same, and read their own",
  async (subject) => {
    const nobody = await makeScope({ subject });
    const [sessionId, here] = [randomUUID(), randomUUID()];
    await earlier(nobody, { sessionId, question: "secret", answer: "hidden" });
    await earlier(nobody, { sessionId: here, question: "one", answer: "first" });
    const now = await earlier(nobody, { sessionId: here, question: "now", answer: "…" });
    const call = callerOf(nobody, here, now);
    expect(await call("search_past_sessions")).toEqual([]);
    await expect(call("read_past_session", { session_id: sessionId })).rejects.toThrow(
      "There is no past session",
    );
    expect(await call("get_chat_history")).toMatchObject([{ content: "one" }, { content: "first" }]);
  },
);

it("an attempt at an answer that was stopped is told nowhere: the answer that stands is", async () => {
  const scope = await makeScope({ subject: "ann" });
  const [there, here] = [randomUUID(), randomUUID()];
  const standing = await earlier(scope, { sessionId: there, question: "q", answer: "stands" });
  const attempt = await earlier(scope, { sessionId: there, question: "q", answer: "attempt" });
  await db.pool.query(
    `UPDATE "Run" a SET "forkedFromRunId" = s.id, ordinal = s.ordinal, status = 'CANCELLED'
     FROM "Run" s WHERE s.id = $1 AND a.id = $2`,
    [standing, attempt],
  );
  const now = await earlier(scope, { sessionId: here, question: "now", answer: "…" });
  const call = callerOf(scope, here, now);
  expect(await call("search_past_sessions")).toMatchObject([{ runs: [{ user: "q", assistant: "stands" }] }]);
  const read = await call("read_past_session", { session_id: there });
  expect(read).toMatchObject([{ content: "q" }, { content: "stands" }]);
});
