import { Status, type StatusKind } from "#components/ui/status.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { argumentsGist } from "#components/requirements/arguments-gist.ts";
import { outcomeWords, requirementTitle } from "#components/requirements/requirement-words.ts";
import { TimeLeft } from "#components/requirements/time-left.tsx";
import { cn } from "#components/ui/class-names.ts";
import { budgetRequestOf, capWords } from "#lib/core/budget-request.ts";
import type { RequirementState } from "#lib/core/requirement-state.ts";

interface InboxItemProps {
  approval: RequirementState;
  selected: boolean;
  onOpen: () => void;
}

/** One approval in the list: what is asked, by which agent, how long there is to decide. */
export function InboxItem({ approval, selected, onOpen }: InboxItemProps) {
  const { asked, agent_name: agent } = approval;
  const outcome = outcomeWords(approval);
  const request = approval.kind === "budget" ? budgetRequestOf(asked.tool_args) : null;
  const gist = argumentsGist(asked.tool_args);
  return (
    <li>
      <button
        type="button"
        data-approval={approval.id}
        aria-current={selected ? "true" : undefined}
        onClick={onOpen}
        className={cn(
          "flex w-full items-start gap-2.5 rounded-lg px-3 py-2 text-left max-sm:py-3",
          selected ? "sm:bg-active" : "hover:bg-hover",
        )}
      >
        <Status kind={statusOf(approval)} iconOnly className="mt-0.5" />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-3">
            <span className={cn("min-w-0 flex-1 truncate", outcome === null ? "font-medium" : "text-fg-2")}>
              {requirementTitle(approval)}
            </span>
            <RelativeTime
              short
              value={(approval.resolved_at ?? approval.created_at) * 1_000}
              className="shrink-0 text-sm text-fg-3"
            />
          </span>
          <span className="flex items-baseline gap-3 text-sm text-fg-3">
            <span className="min-w-0 flex-1 truncate">
              {agent} ·{" "}
              {outcome ??
                (request === null ? gist || asked.tool_name : request.budgets.map(capWords).join("; "))}
            </span>
            {outcome === null ? <TimeLeft expiresAt={approval.expires_at} none="no limit" /> : null}
          </span>
        </span>
      </button>
    </li>
  );
}

function statusOf(approval: RequirementState): StatusKind {
  if (approval.kind === "effect_unknown" && approval.status === "open") return "unknown";
  switch (approval.status) {
    case "open":
      return approval.approve_refusal === null ? "needs" : "waiting";
    case "settled":
      return approval.outcome === "approved" ? "done" : "failed";
    case "expired":
    case "cancelled":
      return "cancelled";
  }
}
