import { describe, expect, it } from "vitest";
import type { Approval } from "#lib/core/approval.ts";
import { createApprovalPolicySchema } from "#lib/core/approval-policy.ts";
import type { Principal } from "#lib/core/principal.ts";
import type { ReceivedFrame } from "#lib/core/run-view.ts";
import { countPendingApprovals } from "#lib/db/approvals.ts";
import { getRun } from "#lib/db/runs.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { NOTE, pauseWorld, refusal } from "#tests/support/pause-world.ts";
import {
  askAgent,
  caller,
  continueWith,
  heldCalls,
  namesOf,
  pausingAgent,
  runOf,
} from "#tests/support/pausing-agent.ts";
import { countApprovals } from "./count-approvals.ts";
import { createApprovalPolicy } from "./create-approval-policy.ts";
import { deleteApproval } from "./delete-approval.ts";
import { driveRun } from "./drive-run.ts";
import { getApproval } from "./get-approval.ts";
import { getApprovalStatus } from "./get-approval-status.ts";
import { getRunOutput } from "./get-run-output.ts";
import { listApprovals } from "./list-approvals.ts";
import { resolveApproval } from "./resolve-approval.ts";

const world = pauseWorld();
const PAGE = { page: 1, limit: 100 };

function approver(name = "boss", overrides: Partial<Principal> = {}): Principal {
  const scopes = ["approvals:read", "approvals:write"];
  return caller({ ...world.scope, subject: name }, { scopes, ...overrides });
}

/** Asks an agent whose tool takes an approval; returns the frames and the approval's id. */
async function askForApproval(settings: object = { approval_type: "required" }, message = NOTE) {
  const agentId = await pausingAgent(world.scope, { take_note: settings });
  const frames = await askAgent(world.ann, agentId, message);
  return { frames, agentId, id: heldCalls(frames)[0]?.approval_id ?? "" };
}

async function policy(fields: object): Promise<string> {
  const input = createApprovalPolicySchema.parse({ name: "Notes", tool_pattern: "take_*", ...fields });
  return (await createApprovalPolicy(world.everyone, input)).id;
}

/** What run/drive does when the outbox's message reaches it. */
async function wake(frames: readonly ReceivedFrame[]): Promise<void> {
  await driveRun(world.everyone, runOf(frames).runId);
}

describe("a call that takes an approval", () => {
  it("waits for somebody who may write approvals, not for the one who asked", async () => {
    const { frames, id } = await askForApproval();
    const [held] = heldCalls(frames);
    expect(held).toMatchObject({
      requires_confirmation: true,
      approval_type: "required",
      approval_id: expect.any(String),
    });
    const sentence = "This run requires admin approval before it can be continued";
    const answer = [{ ...held, confirmed: true }];
    expect(await refusal(continueWith(world.ann, runOf(frames), answer))).toEqual([403, sentence]);
    expect(await refusal(continueWith(world.ann, runOf(frames), []))).toEqual([403, sentence]);
    expect(await world.notes()).toEqual([]);
    // Who may write approvals may answer by continuing, too.
    const mighty = caller(world.scope, { scopes: ["agents:run", "approvals:write"] });
    await continueWith(mighty, runOf(frames), answer);
    expect(await world.notes()).toEqual(["milk"]);
    expect(await getApproval(approver(), id)).toMatchObject({ status: "approved", resolved_by: "ann" });
  });

  it("is on the list, with every key of the wire, and follows its run", async () => {
    const { frames, agentId, id } = await askForApproval();
    const { runId, sessionId } = runOf(frames);
    const approval = await getApproval(approver(), id);
    expect(approval).toEqual({
      id,
      run_id: runId,
      session_id: sessionId,
      status: "pending",
      source_type: "agent",
      approval_type: "required",
      pause_type: "confirmation",
      tool_name: "take_note",
      tool_args: { text: "milk" },
      expires_at: null,
      agent_id: agentId,
      team_id: null,
      workflow_id: null,
      user_id: "ann",
      schedule_id: null,
      schedule_run_id: null,
      source_name: expect.stringMatching(/^Pausing/),
      requirements: [expect.objectContaining({ id })],
      context: { tool_names: ["take_note"], source_name: expect.stringMatching(/^Pausing/) },
      resolution_data: null,
      resolved_by: null,
      resolved_at: null,
      created_at: expect.any(Number),
      updated_at: expect.any(Number),
      run_status: "PAUSED",
    });
    expect(await countApprovals(approver(), undefined)).toEqual({ count: 1 });
    await resolveApproval(approver(), id, { status: "approved" });
    await wake(frames);
    expect(await getApproval(approver(), id)).toMatchObject({ status: "approved", run_status: "COMPLETED" });
    expect(await getApprovalStatus(approver(), id)).toEqual({
      approval_id: id,
      status: "approved",
      run_id: runId,
      resolved_at: expect.any(Number),
      resolved_by: "boss",
    });
    expect(await countApprovals(approver(), undefined)).toEqual({ count: 0 });
  });

  it("once approved goes on by itself; whoever continues without a decision attaches", async () => {
    const { frames, id } = await askForApproval();
    const resolved = await resolveApproval(approver(), id, {
      status: "approved",
      resolved_by: "somebody else",
      resolution_data: { note: "fine" },
    });
    expect(resolved).toMatchObject({
      status: "approved",
      resolved_by: "boss",
      resolution_data: { note: "fine" },
      run_status: "PENDING",
    });
    const { rows } = await world.db.pool.query<{ topic: string; payload: { generation: number } }>(
      `SELECT topic, payload FROM "Outbox" WHERE "organizationId" = $1`,
      [world.scope.organizationId],
    );
    expect(rows).toMatchObject([{ topic: "gatehouse/run.requested", payload: { generation: 2 } }]);
    const attached = continueWith(world.ann, runOf(frames), []);
    await wake(frames);
    expect(namesOf(await attached).slice(0, 3)).toEqual([
      "RunContinued",
      "ToolCallStarted",
      "ToolCallCompleted",
    ]);
    expect(await world.notes()).toEqual(["milk"]);
    // And once more, when it has long ended.
    expect(namesOf(await continueWith(world.ann, runOf(frames), []))[0]).toBe("RunContinued");
    // A client that knows no better posts the calls as it got them.
    expect(namesOf(await continueWith(world.ann, runOf(frames), heldCalls(frames)))[0]).toBe("RunContinued");
    expect(await world.audited()).toMatchObject([
      {
        action: "requirement.approved",
        actorId: "boss",
        details: { approval_type: "required", note: "fine" },
      },
    ]);
  });

  it("is decided once: a second decision is refused, also in the same moment", async () => {
    const { id } = await askForApproval();
    const results = await Promise.allSettled([
      resolveApproval(approver("boss"), id, { status: "approved" }),
      resolveApproval(approver("chief"), id, { status: "rejected" }),
      resolveApproval(approver("head"), id, { status: "approved" }),
    ]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const now = await getApproval(approver(), id);
    const sentence = `Approval is already '${now.status}' and cannot be resolved`;
    for (const result of results) {
      if (result.status === "rejected") {
        expect(result.reason).toMatchObject({ status: 409, message: sentence });
      }
    }
    expect(await refusal(resolveApproval(approver(), id, { status: "approved" }))).toEqual([409, sentence]);
    expect(await world.audited()).toHaveLength(1);
  });

  it("once rejected is not made, whatever its run's owner says", async () => {
    const { frames, id } = await askForApproval();
    await resolveApproval(approver(), id, { status: "rejected", resolution_data: { reason: "too dear" } });
    const forged = [{ ...heldCalls(frames)[0], confirmed: true }];
    expect(await refusal(continueWith(world.ann, runOf(frames), forged))).toEqual([
      409,
      "run is already running",
    ]);
    await wake(frames);
    expect(await world.notes()).toEqual([]);
    const { runId, sessionId } = runOf(frames);
    const { messages } = await getRunOutput(world.scope, runId, sessionId);
    expect(messages.find(({ role }) => role === "tool")?.content).toBe("too dear");
  });

  it("is made with the arguments that whoever approves has changed", async () => {
    const { frames, id } = await askForApproval();
    const data = { tool_args: { text: "oat milk" } };
    const unfit = { status: "approved" as const, resolution_data: { tool_args: { text: "" } } };
    expect((await refusal(resolveApproval(approver(), id, unfit)))[0]).toBe(422);
    await resolveApproval(approver(), id, { status: "approved", resolution_data: data });
    await wake(frames);
    expect(await world.notes()).toEqual(["oat milk"]);
  });

  it("takes values and results from whoever approves", async () => {
    const asking = await askForApproval(
      { approval_type: "required", requires_user_input: true, user_input_fields: ["text"] },
      "/tool take_note",
    );
    expect(await getApproval(approver(), asking.id)).toMatchObject({ pause_type: "user_input" });
    await resolveApproval(approver(), asking.id, { status: "approved", resolution_data: { text: "eggs" } });
    await wake(asking.frames);
    expect(await world.notes()).toEqual(["eggs"]);

    const outside = await askForApproval({ approval_type: "required", external_execution: true });
    expect(await refusal(resolveApproval(approver(), outside.id, { status: "approved" }))).toEqual([
      400,
      "Give the result of take_note in resolution_data.result.",
    ]);
    const data = { result: "pinned to the wall" };
    await resolveApproval(approver(), outside.id, { status: "approved", resolution_data: data });
    await wake(outside.frames);
    const { runId, sessionId } = runOf(outside.frames);
    expect((await getRunOutput(world.scope, runId, sessionId)).content).toContain("pinned to the wall");
    expect(await world.notes()).toEqual(["eggs"]);
  });

  it("is cancelled with its run, and not to be resolved then", async () => {
    const { frames, id } = await askForApproval();
    const { cancelRun } = await import("./cancel-run.ts");
    await cancelRun(world.scope, runOf(frames).runId, runOf(frames).sessionId);
    expect(await getApproval(approver(), id)).toMatchObject({ status: "cancelled", run_status: "CANCELLED" });
    expect(await refusal(resolveApproval(approver(), id, { status: "approved" }))).toEqual([
      409,
      "Approval is already 'cancelled' and cannot be resolved",
    ]);
  });

  it("can be taken off the list once it is decided; what is not there is not found", async () => {
    const { frames, id } = await askForApproval();
    const keeper = approver("keeper");
    expect((await refusal(deleteApproval(keeper, id)))[0]).toBe(409);
    await resolveApproval(approver(), id, { status: "approved" });
    await deleteApproval(keeper, id);
    expect(await refusal(getApproval(keeper, id))).toEqual([404, "Approval not found"]);
    expect(await refusal(deleteApproval(keeper, id))).toEqual([404, "Approval not found"]);
    expect((await listApprovals(keeper, PAGE)).data).toEqual([]);
    await wake(frames);
    expect(await world.notes()).toEqual(["milk"]);
  });
});

describe("an approval for the record", () => {
  it("blocks nobody, and is there once a person has answered", async () => {
    const { frames, id } = await askForApproval({ requires_confirmation: true, approval_type: "audit" });
    expect((await listApprovals(approver(), PAGE)).data).toEqual([]);
    expect(await countPendingApprovals(world.everyone)).toBe(0);
    expect((await refusal(getApproval(approver(), id)))[0]).toBe(404);
    await continueWith(world.ann, runOf(frames), [{ ...heldCalls(frames)[0], confirmed: true }]);
    expect((await listApprovals(approver(), PAGE)).data).toMatchObject([
      { id, approval_type: "audit", status: "approved", resolved_by: "ann", run_status: "COMPLETED" },
    ]);
    expect((await refusal(resolveApproval(approver(), id, { status: "rejected" })))[0]).toBe(409);
  });
});

describe("who sees approvals", () => {
  it("a caller sees their own runs', one who may write approvals all of the organization's, a stranger none", async () => {
    const { id } = await askForApproval();
    const own = caller(world.scope, { scopes: ["approvals:read"] });
    const eve = caller({ ...world.scope, subject: "eve" }, { scopes: ["approvals:read"] });
    const elsewhere = caller(await makeScope(), {});
    expect(await getApproval(own, id)).toMatchObject({ id });
    for (const stranger of [eve, elsewhere]) {
      expect(await refusal(getApproval(stranger, id))).toEqual([404, "Approval not found"]);
      expect(await refusal(resolveApproval(stranger, id, { status: "approved" }))).toEqual([
        404,
        "Approval not found",
      ]);
      expect(await refusal(deleteApproval(stranger, id))).toEqual([404, "Approval not found"]);
      // Somebody else's name does not help.
      const list = await listApprovals(stranger, { ...PAGE, user_id: "ann" });
      expect([list.data, list.meta.total_count]).toEqual([[], 0]);
      expect(await countApprovals(stranger, "ann")).toEqual({ count: 0 });
    }
    // Who may only read decides nothing.
    expect((await refusal(resolveApproval(own, id, { status: "approved" })))[0]).toBe(403);
    expect(await getApproval(approver(), id)).toMatchObject({ status: "pending" });
  });

  it("the list is filtered and paged as the wire has it", async () => {
    const first = await askForApproval();
    const second = await askForApproval(
      { approval_type: "required", requires_user_input: true },
      "/tool take_note",
    );
    await resolveApproval(approver(), first.id, { status: "rejected" });
    const ids = async (filter: object) =>
      (await listApprovals(approver(), { ...PAGE, ...filter })).data.map((one: Approval) => one.id);
    expect(await ids({})).toEqual([second.id, first.id]);
    expect(await ids({ status: "pending" })).toEqual([second.id]);
    expect(await ids({ status: "rejected" })).toEqual([first.id]);
    expect(await ids({ status: "expired" })).toEqual([]);
    expect(await ids({ pause_type: "user_input" })).toEqual([second.id]);
    expect(await ids({ agent_id: first.agentId })).toEqual([first.id]);
    expect(await ids({ team_id: first.agentId })).toEqual([]);
    expect(await ids({ run_id: runOf(second.frames).runId })).toEqual([second.id]);
    expect(await ids({ user_id: "ann", source_type: "agent", approval_type: "required" })).toHaveLength(2);
    expect(await ids({ user_id: "bob" })).toEqual([]);
    expect(await ids({ schedule_id: "none" })).toEqual([]);
    const page = await listApprovals(approver(), { page: 2, limit: 1 });
    expect([page.data.map(({ id }) => id), page.meta.total_pages]).toEqual([[first.id], 2]);
  });
});

describe("a run with an approval and a question of its own", () => {
  it("takes each answer from whom it may; the last one wakes it", async () => {
    const agentId = await pausingAgent(world.scope, {
      take_note: { approval_type: "required" },
      set_session_state: { requires_confirmation: true },
    });
    const message =
      '/parallel /tool take_note {"text":"milk"}\n/tool set_session_state {"key":"a","value":1}';
    const frames = await askAgent(world.ann, agentId, message);
    const [note, state] = heldCalls(frames);
    const partial = await continueWith(world.ann, runOf(frames), [
      { ...note },
      { ...state, confirmed: true },
    ]);
    expect(namesOf(partial)).toEqual(["RunPaused"]);
    expect(heldCalls(partial).map(({ tool_name: name }) => name)).toEqual(["take_note"]);
    await resolveApproval(approver(), note?.approval_id ?? "", { status: "approved" });
    expect(await getRun(world.everyone, runOf(frames).runId)).toMatchObject({ status: "PENDING" });
    await wake(frames);
    expect(await world.notes()).toEqual(["milk"]);
    await world.expectWhole(frames);
  });
});

it("the policy's name for an approval is kept with it", async () => {
  await policy({ name: "Notes are read before they are written" });
  const agentId = await pausingAgent(world.scope, {}, ["take_note"]);
  const frames = await askAgent(world.ann, agentId, NOTE);
  const [held] = heldCalls(frames);
  expect(held).toMatchObject({ approval_type: "required", requires_confirmation: true });
  const { rows } = await world.db.pool.query<{ rule: { name: string } }>(
    `SELECT rule FROM "Requirement" WHERE id = $1`,
    [held?.approval_id],
  );
  expect(rows[0]?.rule.name).toBe("Notes are read before they are written");
});
