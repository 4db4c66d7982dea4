import { describe, expect, it } from "vitest";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { getRun, listRuns } from "#lib/db/runs.ts";
import { getSession } from "#lib/db/sessions.ts";
import { NOTE, pauseWorld, refusal } from "#tests/support/pause-world.ts";
import { askAgent, type PausedRun, pausingAgent, runOf } from "#tests/support/pausing-agent.ts";
import { RunControlWorld } from "#tests/support/run-control-world.ts";
import { cancelRun } from "./cancel-run.ts";
import { forkSession } from "./fork-session.ts";
import { getConversation } from "./get-conversation.ts";
import { getSessionDetail } from "./get-session-detail.ts";
import { listConversations } from "./list-conversations.ts";

const world = pauseWorld();
const control = new RunControlWorld(world);
const FAIL = { regenerate: "true", additional_instructions: "/error no" };

async function statusOf({ runId }: PausedRun) {
  return (await getRun(world.scope, runId))?.status;
}

/** A turn that was answered, in a session of its own. */
async function answered(question = "/repeat hello", sessionId?: string) {
  const agentId = await pausingAgent(world.scope, {}, []);
  return { agentId, source: runOf(await askAgent(world.ann, agentId, question, sessionId)) };
}

async function questionsOf(sessionId: string) {
  const { chat_history: chat } = await getSessionDetail(world.scope, sessionId, {});
  return chat.filter(({ role }) => role === "user").map(({ content }) => content);
}

describe("an answer that is to be replaced", () => {
  it("stands again when the new one fails: the conversation goes on from it, and has it once", async () => {
    const { agentId, source } = await answered();
    const failed = runOf(await control.go(source, FAIL));
    expect(await statusOf(failed)).toBe("ERROR");
    expect(await statusOf(source)).toBe("COMPLETED");
    expect(await questionsOf(source.sessionId)).toEqual(["/repeat hello"]);
    const conversation = await getConversation(world.scope, source.sessionId, 10);
    expect(conversation?.turns).toMatchObject([
      {
        view: { runId: source.runId, status: "completed" },
        versions: [source.runId, failed.runId],
        standingRunId: source.runId,
      },
    ]);
    const next = runOf(await askAgent(world.ann, agentId, "and?", source.sessionId));
    expect(await control.historyOf(next.runId)).toEqual([source.runId]);
    // And it can be answered anew once more.
    const anew = runOf(await control.go(source, { regenerate: "true" }));
    expect(await statusOf(source)).toBe("REGENERATED");
    const { turns } = (await getConversation(world.scope, source.sessionId, 10)) ?? { turns: [] };
    expect(turns.map(({ view }) => view.runId)).toEqual([anew.runId, next.runId]);
    expect(turns[0]?.versions).toEqual([source.runId, failed.runId, anew.runId]);
    expect(turns[1]?.versions).toEqual([]);
  });

  it("stands again when the new one is stopped; what that had written is no part of the conversation", async () => {
    const { agentId, source } = await answered();
    const stream = control.go(source, {
      regenerate: "true",
      additional_instructions: "/slow 50 /long 400",
    });
    const page = { order: "newest_first", limit: 1, offset: 0 } as const;
    const newest = async () => (await listRuns(world.scope, { sessionId: source.sessionId }, page)).runs[0];
    await expect.poll(newest).toMatchObject({ status: "RUNNING", forkedFromRunId: source.runId });
    expect(await statusOf(source)).toBe("REGENERATED");
    await cancelRun(world.scope, (await newest())?.id ?? "", source.sessionId);
    const stopped = runOf(await stream);
    expect(await statusOf(stopped)).toBe("CANCELLED");
    expect(await statusOf(source)).toBe("COMPLETED");
    const next = runOf(await askAgent(world.ann, agentId, "and?", source.sessionId));
    expect(await control.historyOf(next.runId)).toEqual([source.runId]);
    expect(await questionsOf(source.sessionId)).toEqual(["/repeat hello", "and?"]);
  });

  it("is what lists of sessions show the state of, not the attempt that failed", async () => {
    const { agentId, source } = await answered();
    const listed = async () => {
      const [conversation] = await listConversations(world.scope, { subject: null, limit: 1 });
      const session = await getSession(world.scope, source.sessionId);
      return [conversation?.failed, session?.lastStatus, session?.lastRunId];
    };
    const failed = runOf(await control.go(source, FAIL));
    expect(await listed()).toEqual([false, "COMPLETED", source.runId]);
    // A question that was asked, and failed, is no attempt.
    const next = runOf(await askAgent(world.ann, agentId, "/error no", source.sessionId));
    expect(await listed()).toEqual([true, "ERROR", next.runId]);
    const again = runOf(await control.go(next, { regenerate: "true" }));
    expect((await listed()).slice(0, 2)).toEqual([true, "ERROR"]);
    expect([await statusOf(failed), await statusOf(again)]).toEqual(["ERROR", "ERROR"]);
  });

  it("gives its place in lists to the attempt while that is being written", async () => {
    const { source } = await answered();
    const stream = control.go(source, {
      regenerate: "true",
      additional_instructions: "/slow 50 /long 400",
    });
    const first = async () => (await listConversations(world.scope, { subject: null, limit: 1 }))[0];
    await expect.poll(first).toMatchObject({ running: true, failed: false });
    const running = (await getSession(world.scope, source.sessionId))?.lastRunId ?? "";
    await cancelRun(world.scope, running, source.sessionId);
    expect(runOf(await stream).runId).toBe(running);
    const session = await getSession(world.scope, source.sessionId);
    expect([session?.lastStatus, session?.lastRunId]).toEqual(["COMPLETED", source.runId]);
  });

  it("gives way again when the attempt that had failed goes on and is answered", async () => {
    const { agentId, source } = await answered();
    const failed = runOf(await control.go(source, FAIL));
    await control.go(failed, { input: "/repeat better" });
    expect(await statusOf(failed)).toBe("COMPLETED");
    expect(await statusOf(source)).toBe("REGENERATED");
    const next = runOf(await askAgent(world.ann, agentId, "and?", source.sessionId));
    expect(await control.historyOf(next.runId)).toEqual([failed.runId]);
  });

  it("is answered by one at a time: no attempt goes on, nor is answered anew, while another one is under way", async () => {
    const agentId = await pausingAgent(world.scope, { take_note: { requires_confirmation: true } });
    const source = runOf(await askAgent(world.ann, agentId, "/repeat hello"));
    const failed = runOf(await control.go(source, FAIL));
    const other = runOf(await control.go(source, { regenerate: "true", additional_instructions: NOTE }));
    expect(await statusOf(other)).toBe("PAUSED");
    const contested = [
      409,
      "Another answer to the same question is under way. Wait until it has ended, or cancel it.",
    ];
    expect(await refusal(control.go(failed, { input: "/repeat better" }))).toEqual(contested);
    expect(await refusal(control.go(failed, { regenerate: "true" }))).toEqual(contested);
    expect([await statusOf(source), await statusOf(failed)]).toEqual(["REGENERATED", "ERROR"]);
    await cancelRun(world.scope, other.runId, other.sessionId);
    expect(await statusOf(source)).toBe("COMPLETED");
    await control.go(failed, { input: "/repeat better" });
    expect([await statusOf(source), await statusOf(failed)]).toEqual(["REGENERATED", "COMPLETED"]);
  });

  it("gives way to what answers a failed attempt anew, and stands again when that fails, too", async () => {
    const { source } = await answered();
    const failed = runOf(await control.go(source, FAIL));
    const again = runOf(await control.go(failed, FAIL));
    expect(await statusOf(again)).toBe("ERROR");
    expect(await statusOf(source)).toBe("COMPLETED");
    const better = runOf(
      await control.go(failed, { regenerate: "true", additional_instructions: "/repeat better" }),
    );
    expect(await statusOf(better)).toBe("COMPLETED");
    expect(await statusOf(source)).toBe("REGENERATED");
    const { turns } = (await getConversation(world.scope, source.sessionId, 10)) ?? { turns: [] };
    expect(turns.map(({ view }) => view.runId)).toEqual([better.runId]);
  });

  it("does not come back beside another one that stands in its place", async () => {
    const { source } = await answered();
    const failed = runOf(await control.go(source, FAIL));
    const standing = runOf(await control.go(source, { regenerate: "true" }));
    // As an older version has left it: it went on with an attempt whatever stood in its place.
    await world.db.pool.query(`UPDATE "Run" SET status = 'RUNNING', generation = 9 WHERE id = $1`, [
      failed.runId,
    ]);
    const lease = { organizationId: world.scope.organizationId, rootRunId: failed.runId, generation: 9 };
    await journalWriter().append({
      lease,
      events: [],
      patches: [{ runId: failed.runId, patch: { status: "ERROR" } }],
    });
    expect([await statusOf(source), await statusOf(standing)]).toEqual(["REGENERATED", "COMPLETED"]);
  });

  it("that was stopped gives way like any other, and one answer stands however many attempts come", async () => {
    const { source } = await answered("/error no");
    const first = runOf(await control.go(source, { regenerate: "true" }));
    expect([await statusOf(source), await statusOf(first)]).toEqual(["ERROR", "ERROR"]);
    const stream = control.go(source, { input: "/slow 50 /long 400" });
    await expect.poll(() => statusOf(source)).toBe("RUNNING");
    await cancelRun(world.scope, source.runId, source.sessionId);
    await stream;
    expect(await statusOf(source)).toBe("CANCELLED");
    const better = { regenerate: "true", additional_instructions: "/repeat better" };
    const second = runOf(await control.go(first, better));
    expect([await statusOf(source), await statusOf(second)]).toEqual(["REGENERATED", "COMPLETED"]);
    const third = runOf(await control.go(second, FAIL));
    expect([await statusOf(source), await statusOf(second), await statusOf(third)]).toEqual([
      "REGENERATED",
      "COMPLETED",
      "ERROR",
    ]);
  });

  it("that was a failure itself is one again", async () => {
    const { source } = await answered("/error no");
    const failed = runOf(await control.go(source, { regenerate: "true" }));
    expect([await statusOf(source), await statusOf(failed)]).toEqual(["ERROR", "ERROR"]);
  });

  it("a fork that replaces nothing leaves its source alone, however it ends", async () => {
    const { source } = await answered();
    const fork = runOf(await control.go(source, { input: "/error no", fork: "true" }));
    expect([await statusOf(source), await statusOf(fork)]).toEqual(["COMPLETED", "ERROR"]);
    const { turns } = (await getConversation(world.scope, source.sessionId, 10)) ?? { turns: [] };
    expect(turns).toHaveLength(2);
  });
});

describe("a session is forked up to one of its runs", () => {
  it("has what came before, says where it comes from, and leaves attempts behind", async () => {
    const { agentId, source } = await answered("/repeat one", "long");
    await control.go(source, FAIL);
    await askAgent(world.ann, agentId, "/repeat two", "long");
    const input = { agentId, sessionId: "long", userId: undefined, upToRunId: source.runId };
    const { session_id: sessionId } = await forkSession(world.ann, input);
    expect(await questionsOf(sessionId)).toEqual(["/repeat one"]);
    const fork = await getConversation(world.scope, sessionId, 10);
    expect(fork?.forkedFrom).toEqual({ sessionId: "long", title: "/repeat one" });
    expect(fork?.turns).toMatchObject([{ versions: [], view: { status: "completed" } }]);
  });

  it("refuses a run of another session", async () => {
    const [{ agentId }, other] = [await answered("/repeat one", "here"), await answered()];
    const input = { agentId, sessionId: "here", userId: undefined, upToRunId: other.source.runId };
    expect(await refusal(forkSession(world.ann, input))).toEqual([
      400,
      `The session has no run with id '${other.source.runId}' to fork up to.`,
    ]);
  });
});
