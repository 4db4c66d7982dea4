import { pageHref } from "#components/shell/navigation.ts";
import { RowKeys } from "#components/shell/row-keys.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";
import { RowLink, Table, Td, Th, Tr } from "#components/ui/table.tsx";
import { formatDuration } from "#lib/core/format-duration.ts";
import { attemptStatus } from "./attempt-status.ts";
import { historyWords } from "./history-words.ts";
import type { HistoryRow } from "./schedule-views.ts";

interface ScheduleHistoryProps {
  organization: string;
  rows: readonly HistoryRow[];
}

/** The attempts of a schedule, newest first; a row leads to the run in its session. */
export function ScheduleHistory({ organization, rows }: ScheduleHistoryProps) {
  return (
    <RowKeys>
      <Table>
        <thead>
          <tr>
            <Th className="w-26">Result</Th>
            <Th>Details</Th>
            <Th numeric className="w-20">
              Duration
            </Th>
            <Th numeric className="w-24">
              When
            </Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Tr key={row.id}>
              <Td className="align-top pt-2">
                {row.run === null ? (
                  <Status {...attemptStatus(row.status)} />
                ) : (
                  <RowLink
                    href={pageHref(
                      organization,
                      `/sessions/${encodeURIComponent(row.run.sessionId)}?run=${encodeURIComponent(row.run.runId)}`,
                    )}
                  >
                    <Status {...attemptStatus(row.status)} />
                  </RowLink>
                )}
              </Td>
              <Td className="py-2 align-top whitespace-normal [overflow-wrap:anywhere]">
                {row.error === null ? null : <span className="line-clamp-3 text-fg">{row.error}</span>}
                <span className="text-fg-3">{historyWords(row)}</span>
              </Td>
              <Td numeric className="pt-2 align-top">
                {row.durationMs === null ? null : formatDuration(row.durationMs)}
              </Td>
              <Td numeric className="pt-2 align-top">
                <RelativeTime value={row.at} className="text-fg-3" />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </RowKeys>
  );
}
