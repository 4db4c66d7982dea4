import { describe, expect, it } from "vitest";
import { runRequestSchema } from "#lib/core/run-request.ts";
import type { RunOutput } from "#lib/core/run-wire.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { readInternalRecords, readRunEvents } from "#lib/db/run-events.ts";
import { listRuns } from "#lib/db/runs.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { NOTE, pauseWorld, refusal } from "#tests/support/pause-world.ts";
import { askAgent, caller, continueWith, pausingAgent, runOf } from "#tests/support/pausing-agent.ts";
import { answerRun } from "./answer-run.ts";
import { driveRun } from "./drive-run.ts";
import { forkSession } from "./fork-session.ts";
import { getAttachment } from "./get-attachment.ts";
import { getRunOutput } from "./get-run-output.ts";
import { getSessionDetail } from "./get-session-detail.ts";

const world = pauseWorld();
const PAGE = { order: "oldest_first", limit: 50, offset: 0 } as const;

async function runsOf(sessionId: string) {
  return (await listRuns(world.scope, { sessionId }, PAGE)).runs;
}

/** A conversation of Ann's with a tool call and a second question. */
async function conversation(agentId: string, sessionId: string) {
  await askAgent(world.ann, agentId, '/tool calculator {"expression":"6*7"}', sessionId);
  await askAgent(world.ann, agentId, "And my boat is called Halcyon.", sessionId);
}

describe("forking a session", () => {
  it("copies its runs under ids of their own, word for word, and leaves it as it was", async () => {
    const agentId = await pausingAgent(world.scope, {}, ["calculator"]);
    await conversation(agentId, "first");
    // Texts are merged a little later; a copy has them as they are.
    await journalWriter().drain();
    const before = await getSessionDetail(world.scope, "first", {});
    const fork = await forkSession(world.ann, { agentId, sessionId: "first", userId: undefined });
    expect(fork).toEqual({ session_id: expect.any(String), forked_from_session_id: "first" });
    expect(await getSessionDetail(world.scope, "first", {})).toEqual(before);
    const [old, fresh] = [await runsOf("first"), await runsOf(fork.session_id)];
    expect(fresh.map(({ inputPreview }) => inputPreview)).toEqual(
      old.map(({ inputPreview }) => inputPreview),
    );
    expect(new Set([...old, ...fresh].map(({ id }) => id)).size).toBe(4);
    for (const [at, copy] of fresh.entries()) {
      const source = old[at];
      if (source === undefined) throw new Error("There are more copies than runs.");
      expect(copy).toMatchObject({ subject: "ann", forkedFromSessionId: "first" });
      const [theirs, own] = await Promise.all([
        readRunEvents(world.scope, source.id, -1, 1_000),
        readRunEvents(world.scope, copy.id, -1, 1_000),
      ]);
      const ids = { runId: copy.id, rootRunId: copy.id };
      expect(own).toEqual(theirs.map((event) => ({ ...event, ...ids })));
      const output = await getRunOutput(world.scope, copy.id, fork.session_id);
      expect(output).toMatchObject({ status: "COMPLETED", forked_from_session_id: "first" });
    }
  });

  it("the copies tell the copies as their history, and cost nothing a second time", async () => {
    const agentId = await pausingAgent(world.scope, {}, ["calculator"]);
    await conversation(agentId, "told");
    const { session_id: sessionId } = await forkSession(world.ann, {
      agentId,
      sessionId: "told",
      userId: undefined,
    });
    const [first, second] = await runsOf(sessionId);
    const records = await readInternalRecords(world.scope, second?.id ?? "");
    expect(records.find(({ type }) => type === "ModelRequestStarted")?.internal).toMatchObject({
      history: [first?.id],
    });
    expect(second).toMatchObject({ totalTokens: 0, costMicroUsd: null });
    const frames = await askAgent(world.ann, agentId, "What is my boat called?", sessionId);
    expect(String(frames.at(-1)?.content)).toContain("Halcyon");
    // What is said in the copy stays there.
    expect(await runsOf("told")).toHaveLength(2);
  });

  it("files go by reference, under the copy's address", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const request = runRequestSchema.parse({ message: "look", session_id: "files", stream: false });
    const files = [{ filename: "a.txt", mediaType: "text/plain", bytes: new TextEncoder().encode("abc") }];
    const run = (await answerRun(world.ann, { agentId, request, files, idempotencyKey: null })) as RunOutput;
    const fork = await forkSession(world.ann, { agentId, sessionId: "files", userId: undefined });
    const [copy] = await runsOf(fork.session_id);
    const id = run.input.files?.[0]?.id ?? "";
    const [theirs, own] = await Promise.all(
      [run.run_id, copy?.id ?? ""].map((runId) => getAttachment(world.scope, runId, id)),
    );
    expect(own).not.toBeNull();
    expect(own?.hash).toBe(theirs?.hash);
  });

  it("leaves out what is still under way, and refuses when that is all", async () => {
    const agentId = await world.confirming();
    await askAgent(world.ann, agentId, NOTE, "waiting");
    const fork = (sessionId: string) => forkSession(world.ann, { agentId, sessionId, userId: undefined });
    expect(await refusal(fork("waiting"))).toEqual([400, "Source session has no runs to fork."]);
    await askAgent(world.ann, agentId, "hello", "waiting");
    const { session_id: sessionId } = await fork("waiting");
    expect((await runsOf(sessionId)).map(({ inputPreview }) => inputPreview)).toEqual(["hello"]);
  });

  it("has the answer that there is while another is being written in its place", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const run = runOf(await askAgent(world.ann, agentId, "hello", "rewritten"));
    const fork = async () => {
      const { session_id: id } = await forkSession(world.ann, {
        agentId,
        sessionId: "rewritten",
        userId: undefined,
      });
      return (await runsOf(id)).map(({ status }) => status);
    };
    const stream = continueWith(world.ann, run, [], { tools: "", regenerate: "true", background: "true" });
    await expect
      .poll(async () => (await runsOf("rewritten")).map(({ status }) => status))
      .toEqual(["REGENERATED", "PENDING"]);
    expect(await fork()).toEqual(["COMPLETED"]);
    await driveRun(world.everyone, (await runsOf("rewritten"))[1]?.id ?? "");
    await stream;
    expect(await fork()).toEqual(["REGENERATED", "COMPLETED"]);
  });

  it("is for its owner: to others it is not there, whatever it is", async () => {
    const agentId = await pausingAgent(world.scope, {}, []);
    const run = runOf(await askAgent(world.ann, agentId, "hello", "hers"));
    const input = { agentId, sessionId: run.sessionId, userId: undefined };
    const strangers = [
      [caller({ ...world.scope, subject: "eve" }), input],
      [caller(await makeScope({ subject: "ann" })), input],
      [caller(await makeScope()), input],
      [world.ann, { ...input, agentId: "assistant" }],
      [world.ann, { ...input, sessionId: "nope" }],
      [{ ...world.ann, sessionId: "another" }, input],
      [caller(world.everyone), { ...input, userId: "eve" }],
    ] as const;
    for (const [principal, wanted] of strangers) {
      expect(await refusal(forkSession(principal, wanted))).toEqual([
        404,
        `Session with id '${wanted.sessionId}' not found`,
      ]);
    }
    const bound = { ...world.ann, sessionId: run.sessionId };
    expect((await refusal(forkSession(bound, input)))[0]).toBe(403);
    // An administrator's copy is still the owner's.
    const fork = await forkSession(caller(world.everyone), { ...input, userId: "ann" });
    expect(await runsOf(fork.session_id)).toMatchObject([{ subject: "ann" }]);
    const { rows } = await world.db.pool.query(
      `SELECT action, "actorId", "targetId", details FROM "AuditEntry" WHERE "organizationId" = $1 AND action = $2`,
      [world.scope.organizationId, "session.forked"],
    );
    expect(rows).toMatchObject([
      { targetId: fork.session_id, details: { forked_from_session_id: "hers", runs: 1 } },
    ]);
  });
});
