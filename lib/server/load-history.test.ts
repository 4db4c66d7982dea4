import { randomUUID } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { runEventBodySchema } from "#lib/core/run-event.ts";
import type { RunStatus } from "#lib/core/run-status.ts";
import { putBlob } from "#lib/db/blobs.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { readInternalRecords, readRunEvents } from "#lib/db/run-events.ts";
import { runIdentityOf } from "#lib/db/run-row.ts";
import { getRunSummary } from "#lib/db/runs.ts";
import { newExecution } from "#lib/runtime/new-execution.ts";
import { newEvent, newRun, newText } from "#tests/support/new-run.ts";
import { NOTE, pauseWorld } from "#tests/support/pause-world.ts";
import { askAgent, pausingAgent, runOf } from "#tests/support/pausing-agent.ts";
import { cancelRun } from "./cancel-run.ts";
import { loadHistory } from "./load-history.ts";
import { pastToolCalls } from "./past-tool-calls.ts";

const world = pauseWorld();

interface Earlier {
  status: RunStatus;
  question: string;
  answer?: string;
  memberOf?: string;
}

/** Writes a run of Ann's as its driver would have left it; returns its id. */
async function earlier(sessionId: string, { status, question, answer, memberOf }: Earlier): Promise<string> {
  const run = newRun({ sessionId, subject: "ann", input: { content: question } });
  if (memberOf !== undefined) {
    Object.assign(run, { rootRunId: memberOf, parentRunId: memberOf, events: [] });
  } else {
    run.events = [newEvent(run.runId, { type: "RunStarted", input: { content: question } })];
  }
  const created = await journalWriter().createRun(world.scope, run);
  if (created.kind !== "created") throw new Error(created.kind);
  if (memberOf !== undefined) {
    await world.db.pool.query(`UPDATE "Run" SET status = $2 WHERE id = $1`, [run.runId, status]);
    return run.runId;
  }
  const usage = { input_tokens: 0, output_tokens: 0, total_tokens: 0 };
  const details = { reasoning_tokens: 0, cache_read_tokens: 0, cache_write_tokens: 0 };
  await journalWriter().append({
    lease: created.lease,
    events:
      answer === undefined
        ? []
        : [
            newEvent(run.runId, { type: "ModelRequestStarted" }),
            newText(run.runId, answer),
            ...(status === "CANCELLED"
              ? []
              : [newEvent(run.runId, { type: "ModelRequestCompleted", ...usage, ...details })]),
          ],
    patches: [{ runId: run.runId, patch: { status } }],
  });
  return run.runId;
}

/** What the next run of the session is told of earlier ones: who said what. */
async function toldNext(sessionId: string, count = 10): Promise<string[]> {
  const runId = await earlier(sessionId, { status: "RUNNING", question: "next" });
  const run = await getRunSummary(world.scope, runId);
  if (run === null) throw new Error("The run is gone.");
  const history = await loadHistory(world.scope, runIdentityOf(run, 0), count);
  return history.flatMap(({ messages }) =>
    messages.map(({ role, content }) => {
      const parts = typeof content === "string" ? [] : content;
      return `${role}: ${parts.map((part) => (part.type === "text" ? part.text : part.type)).join(" ")}`;
    }),
  );
}

describe("a run is told of the earlier ones of its session", () => {
  it("that were answered, and of one that was stopped with as much as it had said", async () => {
    const sessionId = randomUUID();
    await earlier(sessionId, { status: "COMPLETED", question: "one", answer: "first" });
    await earlier(sessionId, { status: "CANCELLED", question: "two", answer: "half" });
    expect(await toldNext(sessionId)).toEqual([
      "user: one",
      "assistant: first",
      "user: two",
      "assistant: half",
    ]);
  });

  it.each(["PENDING", "RUNNING", "PAUSED", "ERROR", "REGENERATED"] as const)(
    "but not of one that is %s",
    async (status) => {
      const sessionId = randomUUID();
      await earlier(sessionId, { status, question: "one", answer: "first" });
      expect(await toldNext(sessionId)).toEqual([]);
    },
  );

  it("nor of a question that was taken back before there was a word of an answer", async () => {
    const sessionId = randomUUID();
    await earlier(sessionId, { status: "CANCELLED", question: "one" });
    expect(await toldNext(sessionId)).toEqual([]);
  });

  it("nor of runs within another run's tree, of other sessions, or that come after it", async () => {
    const sessionId = randomUUID();
    const root = await earlier(sessionId, { status: "COMPLETED", question: "one", answer: "first" });
    await earlier(sessionId, { status: "COMPLETED", question: "member", memberOf: root });
    await earlier(randomUUID(), { status: "COMPLETED", question: "elsewhere", answer: "there" });
    const run = await getRunSummary(world.scope, root);
    if (run === null) throw new Error("The run is gone.");
    expect(await toldNext(sessionId)).toEqual(["user: one", "assistant: first"]);
    expect(await loadHistory(world.scope, runIdentityOf(run, 0), 10)).toEqual([]);
  });

  it("the last so many of those, however many others lie between", async () => {
    const sessionId = randomUUID();
    for (const n of [1, 2, 3]) {
      await earlier(sessionId, { status: "COMPLETED", question: `q${n}`, answer: `a${n}` });
      await earlier(sessionId, { status: "ERROR", question: `e${n}` });
    }
    expect(await toldNext(sessionId, 2)).toEqual(["user: q2", "assistant: a2", "user: q3", "assistant: a3"]);
  });
});

describe("the files of earlier runs", () => {
  /** A run whose question came with a file and whose tool has brought another one, of so many bytes as it is written. */
  async function withFiles(sessionId: string, name: string, megabytes: number): Promise<void> {
    const fileOf = async (filename: string) => ({
      id: filename,
      filename,
      mime_type: "image/png",
      size: megabytes * 1_000_000,
      hash: await putBlob(world.scope, `\u0089PNG ${filename}`, "image/png"),
    });
    const run = newRun({ sessionId, subject: "ann" });
    const input = { content: name, attachments: [await fileOf(`${name}-asked`)] };
    run.events = [newEvent(run.runId, { type: "RunStarted", input })];
    const created = await journalWriter().createRun(world.scope, run);
    if (created.kind !== "created") throw new Error(created.kind);
    const tool = { ...newExecution("c1", "draw", {}, 0), result: `Drawn ${name}.`, tool_call_error: false };
    const media = [await fileOf(`${name}-drawn`)];
    await journalWriter().append({
      lease: created.lease,
      events: [
        newEvent(run.runId, { type: "ModelRequestStarted" }),
        newText(run.runId, "I draw."),
        newEvent(run.runId, { type: "ToolCallStarted", tool }),
        newEvent(run.runId, { type: "ToolCallCompleted", content: "", tool, media }),
      ],
      patches: [{ runId: run.runId, patch: { status: "COMPLETED" } }],
    });
  }

  it("are read newest first, 50 MB of them; of the others it has the names", async () => {
    const sessionId = randomUUID();
    await withFiles(sessionId, "old", 1);
    await withFiles(sessionId, "large", 20);
    await withFiles(sessionId, "new", 14);
    const runId = await earlier(sessionId, { status: "RUNNING", question: "next" });
    const run = await getRunSummary(world.scope, runId);
    if (run === null) throw new Error("The run is gone.");
    const history = await loadHistory(world.scope, runIdentityOf(run, 0), 10);
    const asked = history.flatMap(({ messages }) =>
      messages.flatMap(({ role, content }) => (role === "user" ? content : [])),
    );
    const files = asked.flatMap((part) => (part.type === "file" ? [part.filename] : []));
    expect(files).toEqual(["old-asked", "old-drawn", "large-drawn", "new-asked", "new-drawn"]);
    expect(JSON.stringify(asked)).toContain("[Attached: large-asked]");
  });

  it("are not read where only the calls of tools are asked for", async () => {
    const sessionId = randomUUID();
    await withFiles(sessionId, "old", 1);
    const runId = await earlier(sessionId, { status: "RUNNING", question: "next" });
    const asked = vi.spyOn(world.db.pool, "query");
    const calls = await pastToolCalls(world.scope, { sessionId, runId }, 10);
    expect(calls).toMatchObject([{ tool_name: "draw", result: "Drawn old." }]);
    expect(asked.mock.calls.map(([sql]) => sql)).toContainEqual(expect.stringContaining("RunEvent"));
    expect(JSON.stringify(asked.mock.calls)).not.toContain("Blob");
    asked.mockRestore();
  });
});

describe("what a run is told", () => {
  it("never has a call without its result: that of a cancelled wait is left out", async () => {
    const agentId = await pausingAgent(world.scope, { take_note: { requires_confirmation: true } }, [
      "take_note",
      "calculator",
    ]);
    const mixed = `/parallel ${NOTE}\n/tool calculator {"expression":"6*7"}`;
    const { runId, sessionId } = runOf(await askAgent(world.ann, agentId, mixed));
    await cancelRun(world.scope, runId, sessionId);
    const next = runOf(await askAgent(world.ann, agentId, "hello", sessionId));
    const run = await getRunSummary(world.scope, next.runId);
    if (run === null) throw new Error("The run is gone.");
    const [told] = await loadHistory(world.scope, runIdentityOf(run, 0), 10);
    const parts = (told?.messages ?? []).flatMap((message) =>
      message.role === "assistant" || message.role === "tool"
        ? message.content.map((part) => ({
            type: part.type,
            id: "toolCallId" in part ? part.toolCallId : "",
          }))
        : [],
    );
    const ids = (type: string) => parts.flatMap((part) => (part.type === type ? [part.id] : []));
    expect(ids("tool-result")).toHaveLength(1);
    expect(ids("tool-call")).toEqual(ids("tool-result"));
  });

  it("is stored by reference: no word of it stands in the run's own journal", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const first = runOf(await askAgent(world.ann, agentId, "The word is xylophone.", "by-reference"));
    const second = runOf(await askAgent(world.ann, agentId, "hello", "by-reference"));
    const events = await readRunEvents(world.scope, second.runId, -1, 1_000);
    for (const { body } of events) expect(runEventBodySchema.safeParse(body).success).toBe(true);
    const records = await readInternalRecords(world.scope, second.runId);
    expect(JSON.stringify([events, records])).not.toContain("xylophone");
    expect(records[0]?.internal).toMatchObject({ history: [first.runId] });
  });
});
