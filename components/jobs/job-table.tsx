import { pageHref } from "#components/shell/navigation.ts";
import { RowKeys } from "#components/shell/row-keys.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";
import { RowLink, Table, Td, Th, Tr } from "#components/ui/table.tsx";
import type { DurableRun } from "#lib/core/durable-run.ts";
import { jobStatusKind, jobStatusLabel } from "./job-status.ts";
import { JobWait } from "./job-wait.tsx";
import { jobWords } from "./job-words.ts";
import { tookWords } from "./took-words.ts";

interface JobTableProps {
  organization: string;
  jobs: readonly DurableRun[];
}

/** The durable jobs of one page; a row opens the job. */
export function JobTable({ organization, jobs }: JobTableProps) {
  return (
    <RowKeys>
      <Table>
        <thead>
          <tr>
            <Th className="w-48">Job</Th>
            <Th className="max-lg:hidden">About</Th>
            <Th className="w-32 max-sm:hidden">State</Th>
            <Th className="max-md:hidden">Waits, or why it failed</Th>
            <Th numeric className="w-24 max-lg:hidden">
              Took
            </Th>
            <Th numeric className="w-32">
              Begun
            </Th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <Tr key={job.id}>
              <Td className="max-sm:h-14">
                <RowLink href={pageHref(organization, `/jobs/${encodeURIComponent(job.id)}`)}>
                  {jobWords(job.function)}
                </RowLink>
                <span className="flex items-center gap-1.5 truncate text-sm text-fg-3 sm:hidden">
                  <Status kind={jobStatusKind(job.status)} label={jobStatusLabel(job.status)} />
                  <span className="truncate">{job.about}</span>
                </span>
              </Td>
              <Td className="text-fg-2 max-lg:hidden">{job.about}</Td>
              <Td className="max-sm:hidden">
                <Status kind={jobStatusKind(job.status)} label={jobStatusLabel(job.status)} />
              </Td>
              <Td className="max-md:hidden">
                {job.status === "failed" ? (
                  <span className="text-failed-text">{job.error}</span>
                ) : (
                  <JobWait
                    waitsFor={job.waits_for}
                    waitsUntil={job.waits_until}
                    failedAttempts={job.failed_attempts}
                  />
                )}
              </Td>
              <Td numeric className="max-lg:hidden">
                {job.started_at === null || job.ended_at === null
                  ? null
                  : tookWords(job.started_at, job.ended_at)}
              </Td>
              <Td numeric className="max-sm:align-top max-sm:pt-2">
                <RelativeTime value={job.created_at * 1_000} className="text-fg-3" />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </RowKeys>
  );
}
