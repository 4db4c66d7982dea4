import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { PolicyList } from "#components/approval-policies/policy-list.tsx";
import { AdminAction } from "#components/shell/admin-action.tsx";
import { pageHref } from "#components/shell/navigation.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { isAdministrator, scopeOf } from "#lib/core/principal.ts";
import { listApprovalPolicies } from "#lib/server/list-approval-policies.ts";

export const metadata: Metadata = { title: "Approval policies" };

interface PoliciesPageProps {
  params: Promise<{ organization: string }>;
}

/** Which calls of tools take an approval, and whose. */
export default async function PoliciesPage({ params }: PoliciesPageProps) {
  const { organization } = await params;
  const principal = await requirePrincipal(organization);
  if (!isAdministrator(principal)) {
    return (
      <EmptyState title="Owners and admins see these.">
        A policy says which calls of tools take an approval, and whose. What waits for one is under Approvals.
      </EmptyState>
    );
  }
  const policies = await listApprovalPolicies(scopeOf(principal));
  const add = (
    <AdminAction
      href={pageHref(organization, "/settings/approval-policies/new")}
      variant={policies.length === 0 ? "secondary" : "primary"}
    >
      <Plus />
      New policy
    </AdminAction>
  );
  if (policies.length === 0) {
    return (
      <EmptyState title="No approval policies yet" actions={add}>
        A policy says which calls of tools wait for a person: by the tool’s name, by a condition on the
        arguments, for one or two people, and for how long.
      </EmptyState>
    );
  }
  return (
    <>
      <div className="mb-3 flex items-center justify-between gap-3">
        <p className="text-fg-3">Of policies that fit a call the first in this list counts.</p>
        {add}
      </div>
      <PolicyList organization={organization} policies={policies} />
    </>
  );
}
