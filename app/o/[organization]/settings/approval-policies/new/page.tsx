import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PolicyForm } from "#components/approval-policies/policy-form.tsx";
import { policyFormValues } from "#components/approval-policies/policy-form-schema.ts";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { isAdministrator } from "#lib/core/principal.ts";

export const metadata: Metadata = { title: "New approval policy" };

interface NewPolicyPageProps {
  params: Promise<{ organization: string }>;
}

export default async function NewPolicyPage({ params }: NewPolicyPageProps) {
  const { organization } = await params;
  if (!isAdministrator(await requirePrincipal(organization))) notFound();
  return <PolicyForm existing={null} values={policyFormValues(null)} />;
}
