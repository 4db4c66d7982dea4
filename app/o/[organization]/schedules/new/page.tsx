import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ScheduleForm } from "#components/schedules/schedule-form.tsx";
import { emptyScheduleForm } from "#components/schedules/schedule-form-schema.ts";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { isAdministrator, scopeOf } from "#lib/core/principal.ts";
import { listAgents } from "#lib/server/list-agents.ts";

export const metadata: Metadata = { title: "New schedule" };

interface NewSchedulePageProps {
  params: Promise<{ organization: string }>;
  searchParams: Promise<{ agent?: string | string[] }>;
}

export default async function NewSchedulePage({ params, searchParams }: NewSchedulePageProps) {
  const [{ organization }, { agent }] = await Promise.all([params, searchParams]);
  const principal = await requirePrincipal(organization);
  if (!isAdministrator(principal)) notFound();
  const agents = (await listAgents(scopeOf(principal))).map(({ definition: { id, name } }) => ({ id, name }));
  const picked = agents.find(({ id }) => id === agent) ?? agents[0];
  return <ScheduleForm existing={null} values={emptyScheduleForm(picked?.id ?? "")} agents={agents} />;
}
