import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { historyRow } from "#components/schedules/history-row.ts";
import { ScheduleActions } from "#components/schedules/schedule-actions.tsx";
import { ScheduleFacts } from "#components/schedules/schedule-facts.tsx";
import { ScheduleHistory } from "#components/schedules/schedule-history.tsx";
import { historyQuerySchema } from "#components/schedules/schedule-query.ts";
import { scheduleTarget } from "#components/schedules/schedule-target.ts";
import { TriggerProvider } from "#components/schedules/trigger-context.tsx";
import { TriggerLine } from "#components/schedules/trigger-line.tsx";
import { RefreshWhileRunning } from "#components/sessions/refresh-while-running.tsx";
import { pageHref } from "#components/shell/navigation.ts";
import { PageCard } from "#components/shell/page-card.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { IdChip } from "#components/ui/id-chip.tsx";
import { PageBody } from "#components/ui/page-body.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Section } from "#components/ui/section.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import { findSchedule } from "#lib/server/find-schedule.ts";
import { listAgents } from "#lib/server/list-agents.ts";
import { listScheduleHistory } from "#lib/server/list-schedule-history.ts";
import { scheduleOnWire } from "#lib/server/schedule-on-wire.ts";

const PAGE_SIZE = 25;

interface SchedulePageProps {
  params: Promise<{ organization: string; scheduleId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: SchedulePageProps): Promise<Metadata> {
  const { organization, scheduleId } = await params;
  const principal = await requirePrincipal(organization);
  const schedule = await findSchedule(scopeOf(principal), decodeURIComponent(scheduleId));
  return { title: schedule?.name ?? "Schedule" };
}

export default async function SchedulePage({ params, searchParams }: SchedulePageProps) {
  const [{ organization, scheduleId }, search] = await Promise.all([params, searchParams]);
  const id = decodeURIComponent(scheduleId);
  const principal = await requirePrincipal(organization);
  const scope = scopeOf(principal);
  const [schedule, agents, { totalCount }] = await Promise.all([
    findSchedule(scope, id),
    listAgents(scope),
    listScheduleHistory(scope, id, { limit: 1, offset: 0 }),
  ]);
  if (schedule === null) notFound();
  const { name, description, enabled, nextRunAt } = schedule;
  const agentNames = new Map(agents.map(({ definition }) => [definition.id, definition.name]));
  return (
    <TriggerProvider scheduleId={id}>
      <PageHeader
        crumbs={[{ label: "Schedules", href: pageHref(organization, "/schedules") }, { label: name }]}
        badge={enabled ? null : <Badge>Off</Badge>}
        actions={<ScheduleActions schedule={{ id, name, enabled, firingCount: totalCount }} />}
      />
      <PageBody>
        <h1>{name}</h1>
        {description === null ? null : <p className="max-w-[80ch] text-fg-2">{description}</p>}
        <p className="mt-1 mb-5 flex flex-wrap items-center gap-x-3 text-fg-3">
          <IdChip id={id} prefix="schedule" />
          {enabled && nextRunAt !== null ? (
            <span>
              Next time <RelativeTime ahead value={nextRunAt.toISOString()} />
            </span>
          ) : null}
        </p>
        <TriggerLine />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
          <ScheduleFacts
            organization={organization}
            schedule={scheduleOnWire(schedule)}
            target={scheduleTarget(schedule, agentNames)}
          />
          <Section title="History">
            <PageCard
              failure="The history could not be read"
              fallback={<SkeletonRows rows={5} label="Loading the history" />}
            >
              <History
                organization={organization}
                principal={principal}
                scheduleId={id}
                page={historyQuerySchema.parse(search).page}
              />
            </PageCard>
          </Section>
        </div>
      </PageBody>
    </TriggerProvider>
  );
}

async function History(props: {
  organization: string;
  principal: Principal;
  scheduleId: string;
  page: number;
}) {
  const { organization, principal, scheduleId, page } = props;
  const { entries, totalCount } = await listScheduleHistory(scopeOf(principal), scheduleId, {
    limit: PAGE_SIZE,
    offset: (page - 1) * PAGE_SIZE,
  });
  if (totalCount === 0)
    return <p className="text-fg-3">It has not fired yet. Trigger it to see what comes of it.</p>;
  const base = pageHref(organization, `/schedules/${encodeURIComponent(scheduleId)}`);
  const isUnderWay = entries.some(({ attempt }) => attempt.completedAt === null);
  return (
    <>
      <ScheduleHistory
        organization={organization}
        rows={entries.map(({ attempt, hasRun }) => historyRow(attempt, hasRun))}
      />
      {isUnderWay ? <RefreshWhileRunning everyMs={2_000} /> : null}
      {totalCount > PAGE_SIZE ? (
        <div className="mt-3">
          <Pagination
            page={page}
            pageSize={PAGE_SIZE}
            total={totalCount}
            hrefOf={(target) => `${base}?page=${target}`}
          />
        </div>
      ) : null}
    </>
  );
}
