import type { Metadata } from "next";
import { RetentionForm } from "#components/settings/retention-form.tsx";
import { Section } from "#components/ui/section.tsx";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { getOrganizationSettings } from "#lib/server/get-organization-settings.ts";
import { setRunRetentionAction } from "./actions.ts";

export const metadata: Metadata = { title: "Storage" };

interface StoragePageProps {
  params: Promise<{ organization: string }>;
}

/** How long the organization's runs are kept. */
export default async function StoragePage({ params }: StoragePageProps) {
  const { organization } = await params;
  const principal = await requirePrincipal(organization);
  const { run_retention_days: days } = await getOrganizationSettings(principal);
  const mayChange = principal.role === "owner" || principal.role === "admin";
  return (
    <div className="max-w-120">
      <Section title="Runs">
        {mayChange ? (
          <RetentionForm action={setRunRetentionAction.bind(null, organization)} days={days} />
        ) : (
          <p className="border-t border-line pt-3">
            {days === null
              ? "Runs are kept for ever."
              : `Runs are deleted ${days} days after their end. Administrators can change that.`}
          </p>
        )}
      </Section>
    </div>
  );
}
