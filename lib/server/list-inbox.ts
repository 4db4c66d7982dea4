import type { ApprovalStatus } from "#lib/core/approval.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import type { RequirementState } from "#lib/core/requirement-state.ts";
import { type ApprovalListFilter, listApprovals } from "#lib/db/approvals.ts";
import { approvalScope } from "./approval-scope.ts";
import { deciderOf } from "./decider.ts";
import { memberNames } from "./member-names.ts";
import { requirementStateOf } from "./requirement-state-of.ts";

/** The parts of the inbox, and how the approvals in each stand. */
const STANDINGS = {
  waiting: ["pending"],
  settled: ["approved", "rejected", "cancelled"],
  expired: ["expired"],
} as const satisfies Record<string, readonly ApprovalStatus[]>;

export type InboxTab = keyof typeof STANDINGS;

interface InboxQuery {
  tab: InboxTab;
  agentId?: string | undefined;
  toolName?: string | undefined;
  /** Whose runs. */
  userId?: string | undefined;
  page: number;
  limit: number;
}

/** A page of the inbox. */
export interface Inbox {
  approvals: RequirementState[];
  totalCount: number;
  /** Of each part, whatever the filters. */
  counts: Record<InboxTab, number>;
  /** Who asks, for the filter: user id and name. */
  people: { id: string; name: string }[];
}

/** The approvals that the caller may see: what expires first on top of those that wait, else the newest. */
export async function listInbox(principal: Principal, query: InboxQuery): Promise<Inbox> {
  const scope = approvalScope(principal);
  const filter: ApprovalListFilter = {
    status: STANDINGS[query.tab],
    agent_id: query.agentId,
    tool_name: query.toolName,
    user_id: query.userId,
  };
  const count = async (tab: InboxTab) =>
    (await listApprovals(scope, { status: STANDINGS[tab] }, { offset: 0, limit: 0 })).totalCount;
  const [page, waiting, settled, expired, names] = await Promise.all([
    listApprovals(scope, filter, {
      offset: (query.page - 1) * query.limit,
      limit: query.limit,
      order: query.tab === "waiting" ? "expiring" : "newest",
    }),
    count("waiting"),
    count("settled"),
    count("expired"),
    memberNames(scopeOf(principal)),
  ]);
  const decider = deciderOf(principal);
  const approvals = page.approvals.map((record) =>
    requirementStateOf(record, record.question, decider, names),
  );
  return {
    approvals,
    totalCount: page.totalCount,
    counts: { waiting, settled, expired },
    people: scope.subject === null ? [...names].map(([id, name]) => ({ id, name })) : [],
  };
}
