import { argumentsGist } from "#components/requirements/arguments-gist.ts";
import { requirementTitle } from "#components/requirements/requirement-words.ts";
import { TimeLeft } from "#components/requirements/time-left.tsx";
import { pageHref } from "#components/shell/navigation.ts";
import { RowKeys } from "#components/shell/row-keys.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";
import { RowLink } from "#components/ui/table.tsx";
import type { RequirementState } from "#lib/core/requirement-state.ts";

interface WaitingApprovalsProps {
  organization: string;
  approvals: readonly RequirementState[];
}

/** What waits for somebody who may approve it; a row leads to it in the inbox. */
export function WaitingApprovals({ organization, approvals }: WaitingApprovalsProps) {
  return (
    <RowKeys>
      <ul>
        {approvals.map((approval) => (
          <li
            key={approval.id}
            className="relative -mx-2 flex min-h-11 items-center gap-2.5 rounded-lg px-2 py-1.5 hover:bg-hover"
          >
            <Status kind={approval.kind === "effect_unknown" ? "unknown" : "needs"} iconOnly />
            <span className="min-w-0 flex-1">
              <RowLink
                href={pageHref(organization, `/approvals?id=${encodeURIComponent(approval.id)}`)}
                className="block truncate font-medium"
              >
                {requirementTitle(approval)}
              </RowLink>
              <span className="block truncate text-sm text-fg-3">
                {approval.agent_name} · <RelativeTime value={approval.created_at * 1_000} /> ·{" "}
                {argumentsGist(approval.asked.tool_args) || approval.asked.tool_name}
              </span>
            </span>
            <span className="shrink-0 text-sm text-fg-3">
              <TimeLeft expiresAt={approval.expires_at} none="no limit" />
            </span>
          </li>
        ))}
      </ul>
    </RowKeys>
  );
}
