import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { NewScheduleAction } from "#components/schedules/new-schedule-action.tsx";
import { type ScheduleQuery, scheduleQuerySchema } from "#components/schedules/schedule-query.ts";
import { ScheduleTable } from "#components/schedules/schedule-table.tsx";
import { scheduleTarget } from "#components/schedules/schedule-target.ts";
import { AdminAction } from "#components/shell/admin-action.tsx";
import { pageHref } from "#components/shell/navigation.ts";
import { PageCard } from "#components/shell/page-card.tsx";
import { SearchField } from "#components/shell/search-field.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageBody } from "#components/ui/page-body.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { cronSentence } from "#lib/core/cron-sentence.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import { listAgents } from "#lib/server/list-agents.ts";
import { listScheduleOverviews } from "#lib/server/list-schedule-overviews.ts";

export const metadata: Metadata = { title: "Schedules" };

const PAGE_SIZE = 50;

interface SchedulesPageProps {
  params: Promise<{ organization: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SchedulesPage({ params, searchParams }: SchedulesPageProps) {
  const [{ organization }, search] = await Promise.all([params, searchParams]);
  const principal = await requirePrincipal(organization);
  const query = scheduleQuerySchema.parse(search);
  return (
    <>
      <PageHeader crumbs={[{ label: "Schedules" }]} actions={<NewScheduleAction />} />
      <PageBody className="pt-2.5">
        <h1 className="sr-only">Schedules</h1>
        <SearchField label="Find a schedule" className="mb-2.5 sm:w-64" />
        <PageCard
          failure="The schedules could not be read"
          fallback={<SkeletonRows rows={6} label="Loading schedules" className="pt-8" />}
        >
          <Schedules organization={organization} principal={principal} query={query} />
        </PageCard>
      </PageBody>
    </>
  );
}

async function Schedules(props: { organization: string; principal: Principal; query: ScheduleQuery }) {
  const { organization, principal, query } = props;
  const scope = scopeOf(principal);
  const [{ overviews, totalCount }, agents] = await Promise.all([
    listScheduleOverviews(scope, {
      nameContains: query.q,
      limit: PAGE_SIZE,
      offset: (query.page - 1) * PAGE_SIZE,
    }),
    listAgents(scope),
  ]);
  if (totalCount === 0) {
    return query.q === "" ? (
      <NoSchedules organization={organization} />
    ) : (
      <EmptyState title={`No schedule has “${query.q}” in its name, description or endpoint.`} />
    );
  }
  const names = new Map(agents.map(({ definition }) => [definition.id, definition.name]));
  const base = pageHref(organization, "/schedules");
  return (
    <>
      <ScheduleTable
        organization={organization}
        schedules={overviews.map(({ schedule, latest }) => ({
          id: schedule.id,
          name: schedule.name,
          target: scheduleTarget(schedule, names),
          when: cronSentence(schedule.cronExpression),
          timeZone: schedule.timeZone,
          enabled: schedule.enabled,
          nextRunAt: schedule.nextRunAt?.toISOString() ?? null,
          latest:
            latest === null
              ? null
              : { status: latest.status, at: (latest.completedAt ?? latest.createdAt).toISOString() },
        }))}
      />
      {totalCount > PAGE_SIZE ? (
        <div className="mt-3">
          <Pagination
            page={query.page}
            pageSize={PAGE_SIZE}
            total={totalCount}
            hrefOf={(page) => `${base}?${new URLSearchParams({ q: query.q, page: String(page) }).toString()}`}
          />
        </div>
      ) : null}
    </>
  );
}

function NoSchedules({ organization }: { organization: string }) {
  return (
    <EmptyState
      title="No schedules yet"
      actions={
        <AdminAction href={pageHref(organization, "/schedules/new")}>
          <Plus />
          New schedule
        </AdminAction>
      }
    >
      A schedule asks an agent something at set times: each morning, every 15 minutes, on the last day of the
      month. It goes on when the server restarts, and its history says what came of each time.
    </EmptyState>
  );
}
