import { describe, expect, it } from "vitest";
import { createApprovalPolicySchema } from "#lib/core/approval-policy.ts";
import { postedTool } from "#lib/core/posted-tool.ts";
import { NOTE, pauseWorld, refusal } from "#tests/support/pause-world.ts";
import {
  askAgent,
  caller,
  continueWith,
  heldCalls,
  pausingAgent,
  runOf,
} from "#tests/support/pausing-agent.ts";
import { createApprovalPolicy } from "./create-approval-policy.ts";
import { getApprovalState } from "./get-approval-state.ts";
import { listInbox } from "./list-inbox.ts";
import { listRequirements } from "./list-requirements.ts";
import { resolveApproval } from "./resolve-approval.ts";

const world = pauseWorld();
const PAGE = { page: 1, limit: 50 };

function approver(name = "boss") {
  return caller({ ...world.scope, subject: name }, { scopes: ["approvals:read", "approvals:write"] });
}

describe("what a run waits for", () => {
  it("is told with the tool's schema, and afterwards with who decided and what they changed", async () => {
    const agentId = await pausingAgent(world.scope, { take_note: { requires_confirmation: true } });
    const frames = await askAgent(world.ann, agentId, NOTE);
    const { runId } = runOf(frames);
    const [open] = await listRequirements(world.ann, runId);
    expect(open).toMatchObject({
      run_id: runId,
      agent_id: agentId,
      kind: "confirmation",
      status: "open",
      effect: "write",
      asked_for: { id: "ann", you: true },
      approve_refusal: null,
      reject_refusal: null,
    });
    expect(open?.input_schema).toMatchObject({ type: "object", properties: { text: { type: "string" } } });
    const [held] = heldCalls(frames);
    if (held === undefined) throw new Error("Nothing is held.");
    const answer = postedTool(open?.id ?? "", held, { kind: "approve", args: { text: "bread" } });
    await continueWith(world.ann, runOf(frames), [answer]);
    expect(await listRequirements(world.ann, runId)).toMatchObject([
      {
        status: "settled",
        outcome: "approved",
        asked: { tool_args: { text: "milk" } },
        settled: { tool_args: { text: "bread" } },
        resolved_by: { id: "ann", you: true },
      },
    ]);
    const stranger = caller({ ...world.scope, subject: "bob" });
    expect(await refusal(listRequirements(stranger, runId))).toEqual([404, "Run not found"]);
  });

  it("is in the inbox of those who may decide, part by part, and says to each why they may not", async () => {
    const input = { name: "Notes", tool_pattern: "take_*", approvals_required: 2 };
    await createApprovalPolicy(world.everyone, createApprovalPolicySchema.parse(input));
    const agentId = await pausingAgent(world.scope, {}, ["take_note"]);
    const frames = await askAgent(world.ann, agentId, NOTE);
    const [mine] = await listRequirements(world.ann, runOf(frames).runId);
    expect(mine?.approve_refusal).toBe("This run requires admin approval before it can be continued");
    const id = mine?.id ?? "";
    const waiting = await listInbox(approver(), { tab: "waiting", ...PAGE });
    expect(waiting.approvals.map((one) => one.id)).toEqual([id]);
    expect(waiting.counts).toEqual({ waiting: 1, settled: 0, expired: 0 });
    await resolveApproval(approver(), id, { status: "approved" });
    expect(await getApprovalState(approver(), id)).toMatchObject({
      votes: [{ by: { id: "boss", you: true } }],
      approve_refusal: "You have approved this. It takes a second person.",
      reject_refusal: null,
    });
    expect((await getApprovalState(approver("chief"), id))?.approve_refusal).toBeNull();
    await resolveApproval(approver("chief"), id, { status: "rejected" });
    const filters = { toolName: "take_note", agentId, userId: "ann" };
    const settled = await listInbox(approver(), { tab: "settled", ...filters, ...PAGE });
    expect(settled.approvals).toMatchObject([{ id, outcome: "rejected", resolved_by: { id: "chief" } }]);
    expect(settled.counts).toEqual({ waiting: 0, settled: 1, expired: 0 });
    const none = await listInbox(approver(), { tab: "settled", toolName: "calculator", ...PAGE });
    expect(none.totalCount).toBe(0);
    expect(await getApprovalState(approver(), "req_unknown")).toBeNull();
  });

  it("stands in the inbox by when it expires, page by page, and what never expires last", async () => {
    const policies = [
      { name: "Soon", condition: 'args.text.contains("soon")', expires_after_seconds: 60 },
      { name: "Later", condition: 'args.text.contains("later")', expires_after_seconds: 900 },
      { name: "Never" },
    ];
    for (const [position, policy] of policies.entries()) {
      const input = createApprovalPolicySchema.parse({ tool_pattern: "take_*", position, ...policy });
      await createApprovalPolicy(world.everyone, input);
    }
    const agentId = await pausingAgent(world.scope, {}, ["take_note"]);
    for (const text of ["later, one", "later, two", "soon", "never"]) {
      await askAgent(world.ann, agentId, `/tool take_note {"text":"${text}"}`);
    }
    const pages = [1, 2, 3, 4].map((page) => listInbox(approver(), { tab: "waiting", page, limit: 1 }));
    const shown = (await Promise.all(pages)).flatMap(({ approvals }) => approvals);
    expect(shown.map(({ asked }) => asked.tool_args["text"])).toEqual([
      "soon",
      "later, one",
      "later, two",
      "never",
    ]);
  });
});
