import { runStatusKind } from "#components/sessions/run-status-kind.ts";
import type { RunRow } from "#components/sessions/session-views.ts";
import { pageHref } from "#components/shell/navigation.ts";
import { RowKeys } from "#components/shell/row-keys.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";
import { RowLink, Table, Td, Th, Tr } from "#components/ui/table.tsx";
import { formatDuration } from "#lib/core/format-duration.ts";
import { formatMoney } from "#lib/core/format-money.ts";

interface RecentRunsProps {
  organization: string;
  runs: readonly RunRow[];
  /** False where all are of one agent. */
  showAgent?: boolean;
}

/** The newest runs; a row leads to the run in its session. */
export function RecentRuns({ organization, runs, showAgent = true }: RecentRunsProps) {
  return (
    <RowKeys>
      <Table>
        <thead className="max-sm:[&_th]:h-0 max-sm:[&_th]:border-0 max-sm:[&_th]:text-[0px] max-sm:[&_th]:leading-[0]">
          <tr>
            <Th className="w-7 sm:w-28">Status</Th>
            <Th>Question</Th>
            {showAgent ? <Th className="w-36 max-[1400px]:hidden">Agent</Th> : null}
            <Th numeric className="w-20 max-sm:hidden">
              Duration
            </Th>
            {showAgent ? (
              <Th numeric className="w-20 max-md:hidden">
                Cost
              </Th>
            ) : null}
            <Th numeric className="w-24 sm:w-28">
              Started
            </Th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Tr key={run.id}>
              <Td className="w-7 max-sm:align-top max-sm:pt-2.5 sm:w-28">
                <Status kind={runStatusKind(run.status)} iconOnly className="sm:hidden" />
                <Status kind={runStatusKind(run.status)} className="max-sm:hidden" />
              </Td>
              <Td className="max-sm:h-14">
                <RowLink
                  href={pageHref(
                    organization,
                    `/sessions/${encodeURIComponent(run.sessionId)}?run=${encodeURIComponent(run.id)}`,
                  )}
                >
                  {run.question === "" ? "No text" : run.question}
                </RowLink>
                <span className="block truncate text-sm text-fg-3 sm:hidden">
                  {[
                    run.agentName,
                    run.durationMs === null ? null : formatDuration(run.durationMs),
                    formatMoney(run.costMicroUsd),
                  ]
                    .filter((fact) => fact !== null)
                    .join(" · ")}
                </span>
              </Td>
              {showAgent ? <Td className="max-[1400px]:hidden">{run.agentName}</Td> : null}
              <Td numeric className="max-sm:hidden">
                {run.durationMs === null ? null : formatDuration(run.durationMs)}
              </Td>
              {showAgent ? (
                <Td numeric className="max-md:hidden">
                  {formatMoney(run.costMicroUsd)}
                </Td>
              ) : null}
              <Td numeric className="w-24 max-sm:align-top max-sm:pt-2 sm:w-28">
                <RelativeTime value={run.createdAt} className="text-fg-3" />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </RowKeys>
  );
}
