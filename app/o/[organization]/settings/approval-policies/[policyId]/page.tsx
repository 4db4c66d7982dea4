import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PolicyForm } from "#components/approval-policies/policy-form.tsx";
import { policyFormValues } from "#components/approval-policies/policy-form-schema.ts";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { isAdministrator, scopeOf } from "#lib/core/principal.ts";
import { listApprovalPolicies } from "#lib/server/list-approval-policies.ts";

export const metadata: Metadata = { title: "Edit approval policy" };

interface PolicyPageProps {
  params: Promise<{ organization: string; policyId: string }>;
}

export default async function PolicyPage({ params }: PolicyPageProps) {
  const { organization, policyId } = await params;
  const principal = await requirePrincipal(organization);
  if (!isAdministrator(principal)) notFound();
  const policies = await listApprovalPolicies(scopeOf(principal));
  const policy = policies.find(({ id }) => id === decodeURIComponent(policyId));
  if (policy === undefined) notFound();
  return <PolicyForm existing={{ id: policy.id, name: policy.name }} values={policyFormValues(policy)} />;
}
