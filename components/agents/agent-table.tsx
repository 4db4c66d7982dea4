import { pageHref } from "#components/shell/navigation.ts";
import { RowKeys } from "#components/shell/row-keys.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { RowLink, Table, Td, Th, Tr } from "#components/ui/table.tsx";
import type { AgentRow } from "./agent-row.ts";

interface AgentTableProps {
  organization: string;
  agents: readonly AgentRow[];
}

/** The agents of one page; the name opens the agent. */
export function AgentTable({ organization, agents }: AgentTableProps) {
  return (
    <RowKeys>
      <Table>
        <thead>
          <tr>
            <Th className="sm:w-56">Name</Th>
            <Th className="max-sm:hidden">Description</Th>
            <Th className="w-44 max-md:hidden">Model</Th>
            <Th numeric className="w-16 max-lg:hidden">
              Tools
            </Th>
            <Th className="w-24 pl-6 max-md:hidden">Version</Th>
            <Th numeric className="w-28">
              Updated
            </Th>
          </tr>
        </thead>
        <tbody>
          {agents.map((agent) => (
            <Tr key={agent.id}>
              <Td className="max-sm:h-14">
                <RowLink href={pageHref(organization, `/agents/${encodeURIComponent(agent.id)}`)}>
                  {agent.name}
                </RowLink>
                <span className="block truncate text-sm text-fg-3 sm:hidden">{agent.description}</span>
              </Td>
              <Td className="text-fg-3 max-sm:hidden">{agent.description}</Td>
              <Td className="mono max-md:hidden">{agent.modelId}</Td>
              <Td numeric className="max-lg:hidden">
                {agent.toolCount}
              </Td>
              <Td className="pl-6 max-md:hidden">{agent.version === null ? "" : agent.version}</Td>
              <Td numeric>
                {agent.updatedAt === null ? (
                  <Badge>In code</Badge>
                ) : (
                  <RelativeTime value={agent.updatedAt} className="text-fg-3" />
                )}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </RowKeys>
  );
}
