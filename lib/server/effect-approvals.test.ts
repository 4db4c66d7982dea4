import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type CreateApprovalPolicy, createApprovalPolicySchema } from "#lib/core/approval-policy.ts";
import type { ReceivedFrame } from "#lib/core/run-view.ts";
import { getRun } from "#lib/db/runs.ts";
import { startHookServer } from "#tests/support/hook-server.ts";
import { pauseWorld, refusal } from "#tests/support/pause-world.ts";
import {
  askAgent,
  caller,
  continueWith,
  followWoken,
  heldCalls,
  pausingAgent,
  runOf,
} from "#tests/support/pausing-agent.ts";
import { createApprovalPolicy } from "./create-approval-policy.ts";
import { driveRun } from "./drive-run.ts";
import { expireRequirements } from "./expire-requirements.ts";
import { getApproval } from "./get-approval.ts";
import { getRunOutput } from "./get-run-output.ts";
import { listApprovals } from "./list-approvals.ts";
import { resolveApproval } from "./resolve-approval.ts";

const other = await startHookServer();
const world = pauseWorld({ GATEHOUSE_PRIVATE_ORIGINS: other.origin });
beforeEach(() => {
  other.manner = "answer";
  other.taken.length = 0;
});
afterAll(() => other.close());

function approver(subject = "boss") {
  return caller({ ...world.scope, subject }, { scopes: ["approvals:read", "approvals:write"] });
}

const idOf = (frames: readonly ReceivedFrame[]) => heldCalls(frames)[0]?.approval_id ?? "";

/** A request that was approved under a policy, was sent, and got no answer; the frames of its second pause. */
async function approvedAndLost(policy: Partial<CreateApprovalPolicy> = {}): Promise<ReceivedFrame[]> {
  await createApprovalPolicy(
    world.everyone,
    createApprovalPolicySchema.parse({ name: "Requests", tool_pattern: "send_*", ...policy }),
  );
  const agentId = await pausingAgent(world.scope, {}, ["send_request"]);
  const asked = await askAgent(
    world.ann,
    agentId,
    `/tool send_request {"url":"${other.origin}/hook","json":{}}`,
  );
  await resolveApproval(approver(), idOf(asked), { status: "approved" });
  if (policy.approvals_required === 2) {
    await resolveApproval(approver("chief"), idOf(asked), { status: "approved" });
  }
  other.manner = "hang up";
  const { frames } = await followWoken(world.ann, runOf(asked));
  await driveRun(world.everyone, runOf(asked).runId);
  other.manner = "answer";
  return frames;
}

async function statuses(frames: readonly ReceivedFrame[]): Promise<string[]> {
  const { rows } = await world.db.pool.query<{ status: string }>(
    `SELECT status FROM "Effect" WHERE "rootRunId" = $1 ORDER BY attempt`,
    [runOf(frames).runId],
  );
  return rows.map(({ status }) => status);
}

describe("a call that took an approval and whose outcome nobody knows", () => {
  it("is for those who may approve it: who asked for it does not get it twice by saying that it did not happen", async () => {
    const frames = await approvedAndLost();
    expect(frames.at(-1)).toMatchObject({
      requirements: [{ kind: "effect_unknown" }],
      tools: [{ approval_type: "required", external_execution_required: true }],
    });
    const answer = [{ ...heldCalls(frames)[0], confirmed: true }];
    expect(await refusal(continueWith(world.ann, runOf(frames), answer))).toEqual([
      403,
      "This run requires admin approval before it can be continued",
    ]);
    expect(other.taken).toHaveLength(1);
    expect(await getApproval(approver(), idOf(frames))).toMatchObject({
      status: "pending",
      pause_type: "external_execution",
      requirements: [{ kind: "effect_unknown" }],
    });
    const filter = { pause_type: "external_execution", status: "pending" } as const;
    const { data } = await listApprovals(approver(), { ...filter, page: 1, limit: 10 });
    expect(data.map(({ id }) => id)).toEqual([idOf(frames)]);
  });

  it("is not made again by a bare yes", async () => {
    const frames = await approvedAndLost();
    expect((await refusal(resolveApproval(approver(), idOf(frames), { status: "approved" })))[0]).toBe(400);
    expect(await statuses(frames)).toEqual(["unknown"]);
    expect(other.taken).toHaveLength(1);
  });

  it.each([
    ["did happen", { status: "approved", resolution_data: { result: "In the log." } }, ["committed"], 1],
    [
      "did not happen",
      { status: "approved", resolution_data: { confirmed: true } },
      ["released", "committed"],
      2,
    ],
    ["is given up", { status: "rejected", resolution_data: { note: "never mind" } }, ["abandoned"], 1],
  ] as const)("%s: the approval says so, and the run goes on", async (_what, resolution, effects, sent) => {
    const frames = await approvedAndLost();
    await resolveApproval(approver(), idOf(frames), resolution);
    await driveRun(world.everyone, runOf(frames).runId);
    expect(await getRun(world.everyone, runOf(frames).runId)).toMatchObject({ status: "COMPLETED" });
    expect(await statuses(frames)).toEqual(effects);
    expect(other.taken).toHaveLength(sent);
    expect(new Set(other.taken).size).toBe(1);
    expect((await world.audited()).at(-1)).toMatchObject({
      action: `requirement.${resolution.status}`,
      actorId: "boss",
      details: { kind: "effect_unknown", approval_type: "required" },
    });
  });

  it.each([
    ["deny", "COMPLETED"],
    ["end", "ERROR"],
  ] as const)(
    "is not tried again when nobody says in time what became of it, policy %s",
    async (onExpiry, status) => {
      const frames = await approvedAndLost({ expires_after_seconds: 3_600, on_expiry: onExpiry });
      const { runId, sessionId } = runOf(frames);
      await world.db.pool.query(
        `UPDATE "Requirement" SET "expiresAt" = now() - interval '1 second' WHERE "rootRunId" = $1 AND status = 'open'`,
        [runId],
      );
      expect(await expireRequirements(50)).toBe(1);
      await driveRun(world.everyone, runId);
      expect(await getRun(world.everyone, runId)).toMatchObject({ status });
      expect(await statuses(frames)).toEqual(["abandoned"]);
      expect(other.taken).toHaveLength(1);
      const { messages } = await getRunOutput(world.scope, runId, sessionId);
      if (onExpiry === "deny") {
        expect(messages.find(({ role }) => role === "tool")?.content).toMatch(/Nobody said in time whether/);
      }
      expect((await world.audited()).at(-1)).toMatchObject({
        action: "requirement.expired",
        details: { kind: "effect_unknown", on_expiry: onExpiry },
      });
    },
  );

  it("is not forgotten by going on from before it", async () => {
    const frames = await approvedAndLost({ expires_after_seconds: 3_600, on_expiry: "end" });
    const run = runOf(frames);
    const go = (fields: object) => continueWith(world.ann, run, [], { tools: "", ...fields });
    for (const fields of [{ fork: true }, { fork: true, continue_from: "last_user", input: "x" }]) {
      expect(await refusal(go(fields))).toEqual([
        409,
        expect.stringMatching(/^Nobody knows whether send_request was done/),
      ]);
    }
    await world.db.pool.query(
      `UPDATE "Requirement" SET "expiresAt" = now() - interval '1 second' WHERE "rootRunId" = $1 AND status = 'open'`,
      [run.runId],
    );
    expect(await expireRequirements(50)).toBe(1);
    await driveRun(world.everyone, run.runId);
    // The model is told that nobody said; it does not ask for the call once more.
    const anew = await go({ regenerate: true });
    expect(anew.at(-1)).toMatchObject({ event: "RunCompleted" });
    expect(String(anew.at(-1)?.content)).toMatch(/Nobody said in time whether/);
    expect(other.taken).toHaveLength(1);
  });

  it("takes two people who say the same came of it", async () => {
    const frames = await approvedAndLost({ approvals_required: 2 });
    const second = approver("chief");
    const happened = (result: string) => ({ status: "approved" as const, resolution_data: { result } });
    expect(await resolveApproval(approver(), idOf(frames), happened("sent"))).toMatchObject({
      status: "pending",
    });
    expect(await refusal(resolveApproval(second, idOf(frames), happened("lost")))).toEqual([
      409,
      'boss has answered otherwise about the call of send_request: "sent". It takes two who say the same: say so, too, or refuse it.',
    ]);
    expect(await resolveApproval(second, idOf(frames), happened("sent"))).toMatchObject({
      status: "approved",
    });
  });
});
