import { RowKeys } from "#components/shell/row-keys.tsx";
import { pageHref } from "#components/shell/navigation.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Status } from "#components/ui/status.tsx";
import { RowLink, Table, Td, Th, Tr } from "#components/ui/table.tsx";
import { formatCount } from "#lib/core/format-count.ts";
import { formatMoney } from "#lib/core/format-money.ts";
import { runStatusKind } from "./run-status-kind.ts";
import { type SessionQuery, sessionSearch } from "./session-query.ts";
import type { SessionRow } from "./session-views.ts";

interface SessionTableProps {
  organization: string;
  sessions: readonly SessionRow[];
  query: SessionQuery;
}

/** The sessions of one page; the name opens the session, and all of its row with it. */
export function SessionTable({ organization, sessions, query }: SessionTableProps) {
  const base = pageHref(organization, "/sessions");
  const sorted = (sort: SessionQuery["sort"]) => {
    const active = query.sort === sort;
    const order = active && query.order === "desc" ? "asc" : "desc";
    return {
      href: `${base}${sessionSearch(query, { sort, order })}`,
      direction: active ? query.order : null,
    };
  };
  return (
    <RowKeys>
      <Table>
        <thead>
          <tr>
            <Th>Session</Th>
            <Th className="w-44 max-lg:hidden">Agent</Th>
            <Th className="w-32 max-sm:hidden">Last run</Th>
            <Th numeric className="w-16 max-md:hidden">
              Runs
            </Th>
            <Th numeric className="w-20 max-md:hidden">
              Tokens
            </Th>
            <Th numeric className="w-24 max-md:hidden">
              Cost
            </Th>
            <Th numeric className="w-30 sm:w-36" sort={sorted("updated")}>
              Updated
            </Th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <Tr key={session.id}>
              <Td className="max-sm:h-14">
                <RowLink href={`${base}/${encodeURIComponent(session.id)}`}>{session.name}</RowLink>
                <span className="flex items-center gap-1.5 truncate text-sm text-fg-3 sm:hidden">
                  {session.lastStatus === null ? null : (
                    <Status kind={runStatusKind(session.lastStatus)} iconOnly />
                  )}
                  <span className="truncate">
                    {session.agentName} · {runsOf(session.runCount)}
                  </span>
                </span>
              </Td>
              <Td className="max-lg:hidden">{session.agentName}</Td>
              <Td className="max-sm:hidden">
                {session.lastStatus === null ? (
                  <span className="text-fg-3">None yet</span>
                ) : (
                  <Status kind={runStatusKind(session.lastStatus)} />
                )}
              </Td>
              <Td numeric className="max-md:hidden">
                {session.runCount}
              </Td>
              <Td numeric className="max-md:hidden">
                {session.runCount === 0 ? null : formatCount(session.totalTokens)}
              </Td>
              <Td numeric className="max-md:hidden">
                {session.runCount === 0 ? null : formatMoney(session.costMicroUsd)}
              </Td>
              <Td numeric className="max-sm:align-top max-sm:pt-2">
                <RelativeTime value={session.updatedAt} className="text-fg-3" />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </RowKeys>
  );
}

function runsOf(count: number): string {
  return count === 1 ? "1 run" : `${count} runs`;
}
