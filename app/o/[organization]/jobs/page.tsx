import type { Metadata } from "next";
import Link from "next/link";
import { type JobQuery, jobQuerySchema, jobSearch } from "#components/jobs/job-query.ts";
import { JobTable } from "#components/jobs/job-table.tsx";
import { JobsElsewhere } from "#components/jobs/jobs-elsewhere.tsx";
import { StatusFilter } from "#components/jobs/status-filter.tsx";
import { RefreshWhileRunning } from "#components/sessions/refresh-while-running.tsx";
import { pageHref } from "#components/shell/navigation.ts";
import { PageCard } from "#components/shell/page-card.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageBody } from "#components/ui/page-body.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { isExternal } from "#inngest/is-external.ts";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { isDurableRunOver } from "#lib/core/durable-run.ts";
import { isAdministrator, scopeOf } from "#lib/core/principal.ts";
import type { Scope } from "#lib/core/scope.ts";
import { listDurableRuns } from "#lib/server/list-durable-runs.ts";

export const metadata: Metadata = { title: "Jobs" };

const PAGE_SIZE = 50;

interface JobsPageProps {
  params: Promise<{ organization: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function JobsPage({ params, searchParams }: JobsPageProps) {
  const [{ organization }, search] = await Promise.all([params, searchParams]);
  const principal = await requirePrincipal(organization);
  const query = jobQuerySchema.parse(search);
  const base = pageHref(organization, "/jobs");
  const why = !isAdministrator(principal) ? "forbidden" : isExternal() ? "external" : null;
  return (
    <>
      <PageHeader crumbs={[{ label: "Jobs" }]} />
      <PageBody className="pt-2.5">
        <h1 className="sr-only">Jobs</h1>
        {why === null ? (
          <>
            <div className="mb-2.5">
              <StatusFilter base={base} query={query} />
            </div>
            <PageCard
              failure="The jobs could not be read"
              fallback={<SkeletonRows rows={12} label="Loading the jobs" className="pt-8" />}
            >
              <Jobs organization={organization} scope={scopeOf(principal)} query={query} base={base} />
            </PageCard>
          </>
        ) : (
          <JobsElsewhere why={why} />
        )}
      </PageBody>
    </>
  );
}

interface JobsProps {
  organization: string;
  scope: Scope;
  query: JobQuery;
  base: string;
}

async function Jobs({ organization, scope, query, base }: JobsProps) {
  const { data, meta } = await listDurableRuns(scope, { ...query, limit: PAGE_SIZE });
  if (meta.total_count === 0) {
    return query.status === undefined ? (
      <EmptyState title="No jobs yet">
        Background runs, schedules and recoveries are durable jobs: their steps are kept, so that a restart
        goes on where they stopped. They appear here when there are some.
      </EmptyState>
    ) : (
      <EmptyState
        title="No job is in this state."
        actions={
          <Button asChild>
            <Link href={base}>Show all</Link>
          </Button>
        }
      />
    );
  }
  return (
    <>
      <JobTable organization={organization} jobs={data} />
      <div className="mt-3">
        <Pagination
          page={query.page}
          pageSize={PAGE_SIZE}
          total={meta.total_count}
          hrefOf={(page) => base + jobSearch(query, { page })}
        />
      </div>
      {data.every((job) => isDurableRunOver(job.status)) ? null : <RefreshWhileRunning everyMs={2_000} />}
    </>
  );
}
