import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ScheduleForm } from "#components/schedules/schedule-form.tsx";
import { scheduleFormOf } from "#components/schedules/schedule-form-schema.ts";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { isAdministrator, scopeOf } from "#lib/core/principal.ts";
import { findSchedule } from "#lib/server/find-schedule.ts";
import { listAgents } from "#lib/server/list-agents.ts";
import { scheduleOnWire } from "#lib/server/schedule-on-wire.ts";

export const metadata: Metadata = { title: "Edit schedule" };

interface EditSchedulePageProps {
  params: Promise<{ organization: string; scheduleId: string }>;
}

export default async function EditSchedulePage({ params }: EditSchedulePageProps) {
  const { organization, scheduleId } = await params;
  const principal = await requirePrincipal(organization);
  if (!isAdministrator(principal)) notFound();
  const scope = scopeOf(principal);
  const [schedule, agents] = await Promise.all([
    findSchedule(scope, decodeURIComponent(scheduleId)),
    listAgents(scope),
  ]);
  if (schedule === null) notFound();
  return (
    <ScheduleForm
      existing={{ id: schedule.id, name: schedule.name }}
      values={scheduleFormOf(scheduleOnWire(schedule))}
      agents={agents.map(({ definition: { id, name } }) => ({ id, name }))}
    />
  );
}
