import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { JobActions } from "#components/jobs/job-actions.tsx";
import { jobStatusKind, jobStatusLabel } from "#components/jobs/job-status.ts";
import { JobSteps } from "#components/jobs/job-steps.tsx";
import { JobWait } from "#components/jobs/job-wait.tsx";
import { jobWords } from "#components/jobs/job-words.ts";
import { JobsElsewhere } from "#components/jobs/jobs-elsewhere.tsx";
import { RefreshWhileRunning } from "#components/sessions/refresh-while-running.tsx";
import { pageHref } from "#components/shell/navigation.ts";
import { ErrorState } from "#components/ui/error-state.tsx";
import { IdChip } from "#components/ui/id-chip.tsx";
import { PageBody } from "#components/ui/page-body.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Section } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { AppError } from "#lib/core/app-error.ts";
import { isDurableRunOver } from "#lib/core/durable-run.ts";
import { isAdministrator, scopeOf } from "#lib/core/principal.ts";
import type { Scope } from "#lib/core/scope.ts";
import { findRunSession } from "#lib/server/find-run-session.ts";
import { getDurableRun } from "#lib/server/get-durable-run.ts";

export const metadata: Metadata = { title: "Job" };

interface JobPageProps {
  params: Promise<{ organization: string; jobId: string }>;
}

export default async function JobPage({ params }: JobPageProps) {
  const { organization, jobId } = await params;
  const principal = await requirePrincipal(organization);
  const crumbs = [{ label: "Jobs", href: pageHref(organization, "/jobs") }];
  if (!isAdministrator(principal)) {
    return (
      <>
        <PageHeader crumbs={[...crumbs, { label: "Job" }]} />
        <PageBody>
          <JobsElsewhere why="forbidden" />
        </PageBody>
      </>
    );
  }
  const scope = scopeOf(principal);
  const job = await findJob(scope, decodeURIComponent(jobId));
  const about = await runHref(scope, organization, job.event_data["runId"]);
  const words = jobWords(job.function);
  return (
    <>
      <PageHeader crumbs={[...crumbs, { label: words }]} actions={<JobActions job={job} />} />
      <PageBody>
        <div className="flex max-w-[920px] flex-col gap-5">
          <div>
            <div className="flex flex-wrap items-center gap-2.5">
              <h1>{words}</h1>
              <Status tag kind={jobStatusKind(job.status)} label={jobStatusLabel(job.status)} />
            </div>
            {job.about === null ? null : <p className="text-fg-2 [overflow-wrap:anywhere]">{job.about}</p>}
            <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-fg-3">
              <span className="mono">{job.function}</span>
              <span>
                begun <RelativeTime value={job.created_at * 1_000} />
              </span>
              <span>
                by <span className="mono">{job.event}</span>
              </span>
              {about === null ? null : (
                <Link href={about} className="font-medium text-accent-text hover:underline">
                  Open the run
                </Link>
              )}
              <IdChip id={job.id} prefix="job" />
            </p>
            {isDurableRunOver(job.status) ? null : (
              <p className="mt-1 text-fg-2">
                <JobWait
                  waitsFor={job.waits_for}
                  waitsUntil={job.waits_until}
                  failedAttempts={job.failed_attempts}
                />
              </p>
            )}
          </div>
          {job.error === null ? null : (
            <ErrorState title={job.status === "failed" ? "The job failed" : "The last attempt failed"}>
              {job.error}
            </ErrorState>
          )}
          <Section title="Steps">
            {job.steps.length === 0 ? (
              <p className="text-fg-3">
                {job.status === "running"
                  ? "The first is under way. Each is listed once it is done."
                  : "None has begun yet."}
              </p>
            ) : (
              <JobSteps steps={job.steps} startedAt={job.started_at} endedAt={job.ended_at} />
            )}
          </Section>
        </div>
      </PageBody>
      {isDurableRunOver(job.status) ? null : <RefreshWhileRunning everyMs={2_000} />}
    </>
  );
}

async function findJob(scope: Scope, id: string) {
  try {
    return await getDurableRun(scope, id);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}

/** The address of the agent's run that a job is about; null when it is about none, or the run is gone. */
async function runHref(scope: Scope, organization: string, runId: unknown): Promise<string | null> {
  if (typeof runId !== "string") return null;
  const sessionId = await findRunSession(scope, runId);
  if (sessionId === null) return null;
  return pageHref(
    organization,
    `/sessions/${encodeURIComponent(sessionId)}?run=${encodeURIComponent(runId)}`,
  );
}
