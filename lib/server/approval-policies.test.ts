import { describe, expect, it } from "vitest";
import { createApprovalPolicySchema } from "#lib/core/approval-policy.ts";
import type { Principal } from "#lib/core/principal.ts";
import type { ReceivedFrame } from "#lib/core/run-view.ts";
import { remindOfRequirements } from "#lib/db/due-requirements.ts";
import { listRunRequirements } from "#lib/db/requirements.ts";
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
import { createApprovalPolicy } from "./create-approval-policy.ts";
import { deleteApprovalPolicy } from "./delete-approval-policy.ts";
import { driveRun } from "./drive-run.ts";
import { expireRequirements } from "./expire-requirements.ts";
import { getApproval } from "./get-approval.ts";
import { getApprovalPolicy } from "./get-approval-policy.ts";
import { getRunOutput } from "./get-run-output.ts";
import { listApprovalPolicies } from "./list-approval-policies.ts";
import { resolveApproval } from "./resolve-approval.ts";
import { updateApprovalPolicy } from "./update-approval-policy.ts";

const world = pauseWorld();

function approver(name = "boss", overrides: Partial<Principal> = {}): Principal {
  const scopes = ["approvals:read", "approvals:write"];
  return caller({ ...world.scope, subject: name }, { scopes, ...overrides });
}

function policy(fields: object) {
  const input = createApprovalPolicySchema.parse({ name: "Notes", tool_pattern: "take_*", ...fields });
  return createApprovalPolicy(world.everyone, input);
}

async function ask(message = NOTE, settings = {}): Promise<ReceivedFrame[]> {
  const agentId = await pausingAgent(world.scope, settings, ["take_note", "calculator"]);
  return askAgent(world.ann, agentId, message);
}

function idOf(frames: readonly ReceivedFrame[]): string {
  return heldCalls(frames)[0]?.approval_id ?? "";
}

async function wake(frames: readonly ReceivedFrame[]): Promise<void> {
  await driveRun(world.everyone, runOf(frames).runId);
}

describe("which calls a policy holds", () => {
  it("those whose tool fits its pattern, its effect and its condition; others pass", async () => {
    await policy({ condition: 'args.text.contains("secret")', effect: "write" });
    expect((await ask()).at(-1)?.event).toBe("RunCompleted");
    const held = await ask('/tool take_note {"text":"a secret"}');
    expect(held.at(-1)?.event).toBe("RunPaused");
    expect((await ask('/tool calculator {"expression":"1+1"}')).at(-1)?.event).toBe("RunCompleted");
    await resolveApproval(approver(), idOf(held), { status: "approved" });
    await wake(held);
    expect(await world.notes()).toEqual(["milk", "a secret"]);
  });

  it("only while it is on, and none of another organization's", async () => {
    const made = await policy({ enabled: false });
    expect((await ask()).at(-1)?.event).toBe("RunCompleted");
    await updateApprovalPolicy(world.everyone, made.id, { enabled: true });
    const held = await ask();
    expect(held.at(-1)?.event).toBe("RunPaused");
    await deleteApprovalPolicy(world.everyone, made.id);
    expect((await ask()).at(-1)?.event).toBe("RunCompleted");
    // What was asked under it waits on.
    await resolveApproval(approver(), idOf(held), { status: "approved" });
    await wake(held);
    expect(await world.notes()).toEqual(["milk", "milk", "milk"]);
    const elsewhere = await makeScope();
    await createApprovalPolicy(
      elsewhere,
      createApprovalPolicySchema.parse({ name: "All", tool_pattern: "*" }),
    );
    expect((await ask()).at(-1)?.event).toBe("RunCompleted");
  });

  it("the first that fits counts, by position", async () => {
    await policy({ name: "Late", position: 20 });
    await policy({ name: "Early", position: 10, approver_scopes: ["notes:approve"] });
    const held = await ask();
    expect(await refusal(resolveApproval(approver(), idOf(held), { status: "approved" }))).toEqual([
      403,
      'The policy "Early" says who decides about this call, and you are none of them.',
    ]);
  });

  it("a person's own confirmation is not asked for beside it; what a person fills in is approved after that", async () => {
    await policy({});
    const confirmed = await ask(NOTE, { take_note: { requires_confirmation: true } });
    expect(heldCalls(confirmed)).toMatchObject([{ approval_type: "required" }]);
    await resolveApproval(approver(), idOf(confirmed), { status: "approved" });
    await wake(confirmed);
    expect(await world.notes()).toEqual(["milk"]);

    const settings = { take_note: { requires_user_input: true, user_input_fields: ["text"] } };
    const filling = await ask("/tool take_note", settings);
    const [held] = heldCalls(filling);
    expect(held).toMatchObject({ requires_user_input: true, approval_type: null });
    const fields = (held?.user_input_schema ?? []).map((field) => ({ ...field, value: "bread" }));
    const again = await continueWith(world.ann, runOf(filling), [
      { ...held, user_input_schema: fields, answered: true },
    ]);
    expect(namesOf(again)).toEqual(["RunContinued", "RunContentCompleted", "RunPaused"]);
    expect(heldCalls(again)).toMatchObject([
      { approval_type: "required", tool_args: { text: "bread" }, requires_confirmation: true },
    ]);
    const changed = { tool_args: { text: "rye bread" } };
    await resolveApproval(approver(), idOf(again), { status: "approved", resolution_data: changed });
    await wake(filling);
    expect(await world.notes()).toEqual(["milk", "rye bread"]);
  });

  it("arguments that a person has changed are looked at again", async () => {
    await policy({ condition: 'args.text.contains("secret")' });
    const asked = await ask(NOTE, { take_note: { requires_confirmation: true } });
    const answer = [{ ...heldCalls(asked)[0], tool_args: { text: "a secret" }, confirmed: true }];
    const again = await continueWith(world.ann, runOf(asked), answer);
    expect(heldCalls(again)).toMatchObject([{ approval_type: "required", tool_args: { text: "a secret" } }]);
    expect(await world.notes()).toEqual([]);
    await resolveApproval(approver(), idOf(again), { status: "approved" });
    await wake(asked);
    expect(await world.notes()).toEqual(["a secret"]);
    await world.expectWhole(asked);
  });

  it("work outside is approved before it is done", async () => {
    await policy({});
    const asked = await ask(NOTE, { take_note: { external_execution: true } });
    expect(heldCalls(asked)).toMatchObject([{ requires_confirmation: true, approval_type: "required" }]);
    await resolveApproval(approver(), idOf(asked), { status: "approved" });
    await wake(asked);
    const output = await getRunOutput(world.scope, runOf(asked).runId, runOf(asked).sessionId);
    const [waiting] = output.tools;
    expect(waiting).toMatchObject({ external_execution_required: true, result: null });
    await continueWith(world.ann, runOf(asked), [{ ...waiting, result: "done" }]);
    expect(await getRun(world.everyone, runOf(asked).runId)).toMatchObject({ status: "COMPLETED" });
  });
});

describe("who may decide", () => {
  it("not who asked, unless the policy lets them; refusing is theirs", async () => {
    await policy({});
    const ann = approver("ann");
    const first = await ask();
    expect(await refusal(resolveApproval(ann, idOf(first), { status: "approved" }))).toEqual([
      403,
      'The policy "Notes" wants somebody else to approve this call than who asked for it.',
    ]);
    const mighty = caller(world.scope, { scopes: ["agents:run", "approvals:write"] });
    const answer = [{ ...heldCalls(first)[0], confirmed: true }];
    expect((await refusal(continueWith(mighty, runOf(first), answer)))[0]).toBe(403);
    await resolveApproval(ann, idOf(first), { status: "rejected" });
    await wake(first);
    expect(await world.notes()).toEqual([]);

    await policy({ name: "Lenient", position: 1, requester_may_decide: true });
    const second = await ask();
    await resolveApproval(ann, idOf(second), { status: "approved" });
    await wake(second);
    expect(await world.notes()).toEqual(["milk"]);
  });

  it("the roles and scopes that it names, beside approvals:write", async () => {
    await policy({ approver_roles: ["owner"], approver_scopes: ["notes:approve"] });
    const held = await ask();
    const scopes = ["approvals:write", "approvals:read"];
    for (const wrong of [approver(), approver("adm", { role: "admin" })]) {
      expect((await refusal(resolveApproval(wrong, idOf(held), { status: "approved" })))[0]).toBe(403);
    }
    const onlyScope = approver("x", { scopes: ["notes:approve", "approvals:read"] });
    expect((await refusal(resolveApproval(onlyScope, idOf(held), { status: "approved" })))[0]).toBe(404);
    await resolveApproval(approver("own", { role: "owner" }), idOf(held), { status: "approved" });
    const other = await ask();
    const named = approver("x", { scopes: [...scopes, "notes:approve"] });
    expect(await resolveApproval(named, idOf(other), { status: "approved" })).toMatchObject({
      status: "approved",
    });
  });

  it("two people, each once, about the call as it was asked", async () => {
    await policy({ approvals_required: 2 });
    const held = await ask();
    const id = idOf(held);
    const edited = { status: "approved" as const, resolution_data: { tool_args: { text: "x" } } };
    expect((await refusal(resolveApproval(approver("a"), id, edited)))[0]).toBe(422);
    const once = await resolveApproval(approver("a"), id, { status: "approved" });
    expect(once).toMatchObject({ status: "pending", resolved_by: null, run_status: "PAUSED" });
    expect(await refusal(resolveApproval(approver("a"), id, { status: "approved" }))).toEqual([
      409,
      "You have approved the call of take_note before: it takes a second person.",
    ]);
    expect(await resolveApproval(approver("b"), id, { status: "approved" })).toMatchObject({
      status: "approved",
      resolved_by: "b",
    });
    await wake(held);
    expect(await world.notes()).toEqual(["milk"]);
    expect(await world.audited()).toMatchObject([
      { action: "requirement.first_approval", actorId: "a" },
      { action: "requirement.approved", actorId: "b", details: { approved_by: ["a", "b"] } },
    ]);
    const refused = await ask();
    await resolveApproval(approver("a"), idOf(refused), { status: "approved" });
    await resolveApproval(approver("b"), idOf(refused), { status: "rejected" });
    await wake(refused);
    expect(await world.notes()).toEqual(["milk"]);
    await world.expectWhole(held);
  });
});

describe("time to decide", () => {
  async function passTime(frames: readonly ReceivedFrame[]): Promise<void> {
    await world.db.pool.query(
      `UPDATE "Requirement" SET "expiresAt" = now() - interval '1 second' WHERE "rootRunId" = $1`,
      [runOf(frames).runId],
    );
  }

  it("is told; when it is over the call counts as refused, and the run goes on", async () => {
    await policy({ expires_after_seconds: 3_600 });
    const held = await ask();
    const [requirement] = (held.at(-1)?.requirements ?? []) as { expires_at: number }[];
    const inSeconds = (requirement?.expires_at ?? 0) - Date.now() / 1_000;
    expect(inSeconds).toBeGreaterThan(3_500);
    expect(inSeconds).toBeLessThan(3_601);
    expect(await expireRequirements(50)).toBe(0);
    await passTime(held);
    // Too late, though nobody has looked yet.
    expect(await refusal(resolveApproval(approver(), idOf(held), { status: "approved" }))).toEqual([
      409,
      "The time to decide about the call of take_note is over.",
    ]);
    expect(await expireRequirements(50)).toBe(1);
    expect(await expireRequirements(50)).toBe(0);
    expect(await getApproval(approver(), idOf(held))).toMatchObject({ status: "expired", resolved_by: null });
    expect(await refusal(resolveApproval(approver(), idOf(held), { status: "approved" }))).toEqual([
      409,
      "Approval is already 'expired' and cannot be resolved",
    ]);
    await wake(held);
    const run = await getRunOutput(world.scope, runOf(held).runId, runOf(held).sessionId);
    expect(run.status).toBe("COMPLETED");
    expect(run.messages.find(({ role }) => role === "tool")?.content).toMatch(/Nobody decided .* in time/);
    expect(await world.notes()).toEqual([]);
    expect(await world.audited()).toMatchObject([
      { action: "requirement.expired", actorId: "requirement-expire" },
    ]);
  });

  it("ends the run where the policy says so; what else it waited for is cancelled", async () => {
    await policy({ expires_after_seconds: 60, on_expiry: "end" });
    const agentId = await pausingAgent(world.scope, { set_session_state: { requires_confirmation: true } }, [
      "take_note",
      "set_session_state",
    ]);
    const message = `/parallel ${NOTE}\n/tool set_session_state {"key":"a","value":1}`;
    const held = await askAgent(world.ann, agentId, message);
    await world.db.pool.query(
      `UPDATE "Requirement" SET "expiresAt" = now() - interval '1 second' WHERE "rootRunId" = $1 AND rule IS NOT NULL`,
      [runOf(held).runId],
    );
    expect(await expireRequirements(50)).toBe(1);
    await wake(held);
    const { runId } = runOf(held);
    expect(await getRun(world.everyone, runId)).toMatchObject({
      status: "ERROR",
      errorType: "requirement_expired",
      errorMessage: expect.stringMatching(/Nobody decided about the call of take_note in time/),
    });
    expect((await listRunRequirements(world.everyone, runId)).map(({ status }) => status)).toEqual([
      "expired",
      "cancelled",
    ]);
    expect(await world.notes()).toEqual([]);
    // Who goes on with it is asked about the rest; what time has refused stays refused.
    const again = await continueWith(world.ann, runOf(held), [], { tools: "", continue_from: "end" });
    expect(heldCalls(again).map(({ tool_name: name }) => name)).toEqual(["set_session_state"]);
    expect(await world.notes()).toEqual([]);
    await world.expectWhole(held);
  });

  it("a decision and the end of the time: one of them wins", async () => {
    await policy({ expires_after_seconds: 3_600 });
    const held = await ask();
    const decided = resolveApproval(approver(), idOf(held), { status: "approved" });
    await Promise.allSettled([decided, passTime(held).then(() => expireRequirements(50))]);
    const { status } = await getApproval(approver(), idOf(held));
    await wake(held);
    expect(await world.notes()).toEqual(status === "approved" ? ["milk"] : []);
    expect(["approved", "expired"]).toContain(status);
  });

  it("people are reminded once", async () => {
    await policy({ expires_after_seconds: 3_600, remind_after_seconds: 600 });
    const held = await ask();
    expect(await remindOfRequirements(50)).toBe(0);
    // The column rounds to milliseconds, and the present moment might be rounded up.
    const past = `now() - interval '1 second'`;
    await world.db.pool.query(`UPDATE "Requirement" SET "remindAt" = ${past} WHERE "rootRunId" = $1`, [
      runOf(held).runId,
    ]);
    expect(await remindOfRequirements(50)).toBe(1);
    expect(await remindOfRequirements(50)).toBe(0);
    expect(await world.audited()).toMatchObject([{ action: "requirement.reminded" }]);
  });
});

describe("policies as data", () => {
  it("are listed in their order, changed field by field, named once", async () => {
    const late = await policy({ name: "Late", position: 20 });
    const early = await policy({ name: "Early", position: 10, expires_after_seconds: 60 });
    expect((await listApprovalPolicies(world.everyone)).map(({ name }) => name)).toEqual(["Early", "Late"]);
    const changed = await updateApprovalPolicy(world.everyone, late.id, { position: 5, condition: "true" });
    expect(changed).toEqual({ ...late, position: 5, condition: "true", updated_at: expect.any(Number) });
    expect(await getApprovalPolicy(world.everyone, early.id)).toEqual(early);
    expect(await refusal(policy({ name: "Early" }))).toEqual([
      409,
      "There is an approval policy named 'Early' already",
    ]);
    expect((await refusal(updateApprovalPolicy(world.everyone, late.id, { name: "Early" })))[0]).toBe(409);
    const { rows } = await world.db.pool.query<{ action: string }>(
      `SELECT action FROM "AuditEntry" WHERE "organizationId" = $1 AND "targetType" = 'approval_policy' ORDER BY id`,
      [world.scope.organizationId],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      "approval_policy.created",
      "approval_policy.created",
      "approval_policy.updated",
    ]);
  });

  it("are not another organization's to see or change", async () => {
    const made = await policy({});
    const stranger = await makeScope();
    expect(await listApprovalPolicies(stranger)).toEqual([]);
    const notFound = [404, "Approval policy not found"];
    expect(await refusal(getApprovalPolicy(stranger, made.id))).toEqual(notFound);
    expect(await refusal(updateApprovalPolicy(stranger, made.id, { enabled: false }))).toEqual(notFound);
    expect(await refusal(deleteApprovalPolicy(stranger, made.id))).toEqual(notFound);
  });

  it.each([
    [{ condition: "args.amount >" }, /no condition in CEL/],
    [{ condition: 'args.text.matches("x")' }, /Patterns/],
    [{ expires_after_seconds: 60, remind_after_seconds: 60 }, /before the time is over/],
  ])("%j is refused", async (fields, sentence) => {
    const error = await policy(fields).then(
      () => null,
      (thrown: { status: number; issues: { msg: string }[] }) => thrown,
    );
    expect(error?.status).toBe(422);
    expect(error?.issues[0]?.msg).toMatch(sentence);
  });
});
