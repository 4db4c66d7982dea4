import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { type AgentQuery, agentQuerySchema } from "#components/agents/agent-query.ts";
import { AgentTable } from "#components/agents/agent-table.tsx";
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
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import { listAgents } from "#lib/server/list-agents.ts";

export const metadata: Metadata = { title: "Agents" };

const PAGE_SIZE = 50;

interface AgentsPageProps {
  params: Promise<{ organization: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function AgentsPage({ params, searchParams }: AgentsPageProps) {
  const [{ organization }, search] = await Promise.all([params, searchParams]);
  const principal = await requirePrincipal(organization);
  const query = agentQuerySchema.parse(search);
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Agents" }]}
        actions={
          <AdminAction variant="primary" href={pageHref(organization, "/agents/new")}>
            <Plus />
            New agent
          </AdminAction>
        }
      />
      <PageBody className="pt-2.5">
        <h1 className="sr-only">Agents</h1>
        <SearchField label="Find an agent" className="mb-2.5 sm:w-64" />
        <PageCard
          failure="The agents could not be read"
          fallback={<SkeletonRows rows={6} label="Loading agents" className="pt-8" />}
        >
          <Agents organization={organization} principal={principal} query={query} />
        </PageCard>
      </PageBody>
    </>
  );
}

async function Agents(props: { organization: string; principal: Principal; query: AgentQuery }) {
  const { organization, principal, query } = props;
  const needle = query.q.toLowerCase();
  const agents = (await listAgents(scopeOf(principal))).filter(({ definition }) =>
    [definition.name, definition.id, definition.description ?? ""].some((text) =>
      text.toLowerCase().includes(needle),
    ),
  );
  if (agents.length === 0)
    return <EmptyState title={`No agent has “${query.q}” in its name or description.`} />;
  const first = (query.page - 1) * PAGE_SIZE;
  const base = pageHref(organization, "/agents");
  return (
    <>
      <AgentTable
        organization={organization}
        agents={agents.slice(first, first + PAGE_SIZE).map(({ definition, source, version, updatedAt }) => ({
          id: definition.id,
          name: definition.name,
          description: definition.description ?? "",
          modelId: definition.model.id,
          toolCount: definition.tools.length,
          source,
          version,
          updatedAt: updatedAt?.toISOString() ?? null,
        }))}
      />
      {agents.length > PAGE_SIZE ? (
        <div className="mt-3">
          <Pagination
            page={query.page}
            pageSize={PAGE_SIZE}
            total={agents.length}
            hrefOf={(page) => `${base}?${new URLSearchParams({ q: query.q, page: String(page) }).toString()}`}
          />
        </div>
      ) : null}
    </>
  );
}
