import { RowKeys } from "#components/shell/row-keys.tsx";
import { RowLink } from "#components/ui/table.tsx";
import { pageHref } from "#components/shell/navigation.ts";
import type { ApprovalPolicy } from "#lib/core/approval-policy.ts";
import { policySentence } from "./policy-sentence.ts";
import { PolicySwitch } from "./policy-switch.tsx";

interface PolicyListProps {
  organization: string;
  policies: readonly ApprovalPolicy[];
}

/** The policies in the order in which they count: which calls, and who decides. */
export function PolicyList({ organization, policies }: PolicyListProps) {
  return (
    <RowKeys>
      <ul aria-label="Approval policies" className="divide-y divide-line border-y border-line">
        {policies.map((policy) => (
          <li
            key={policy.id}
            className="relative flex items-center gap-4 py-2.5 [&:has(a[data-row]:hover)]:bg-hover"
          >
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <RowLink
                  href={pageHref(
                    organization,
                    `/settings/approval-policies/${encodeURIComponent(policy.id)}`,
                  )}
                  className="font-medium"
                >
                  {policy.name}
                </RowLink>
                <code className="font-mono text-sm text-fg-3">{policy.tool_pattern}</code>
                {policy.condition === null ? null : (
                  <code className="min-w-0 truncate font-mono text-sm text-fg-3" title={policy.condition}>
                    {policy.condition}
                  </code>
                )}
              </p>
              <p className="text-fg-3">{policySentence(policy)}</p>
            </div>
            <PolicySwitch id={policy.id} name={policy.name} enabled={policy.enabled} />
          </li>
        ))}
      </ul>
    </RowKeys>
  );
}
