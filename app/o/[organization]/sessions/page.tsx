import type { Metadata } from "next";
import Link from "next/link";
import { AgentFilter } from "#components/sessions/agent-filter.tsx";
import { type SessionQuery, sessionQuerySchema, sessionSearch } from "#components/sessions/session-query.ts";
import { SessionTable } from "#components/sessions/session-table.tsx";
import { pageHref } from "#components/shell/navigation.ts";
import { PageCard } from "#components/shell/page-card.tsx";
import { SearchField } from "#components/shell/search-field.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageBody } from "#components/ui/page-body.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import { listAgents } from "#lib/server/list-agents.ts";
import { listSessionOverviews } from "#lib/server/list-session-overviews.ts";

export const metadata: Metadata = { title: "Sessions" };

const PAGE_SIZE = 25;

interface SessionsPageProps {
  params: Promise<{ organization: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SessionsPage({ params, searchParams }: SessionsPageProps) {
  const [{ organization }, search] = await Promise.all([params, searchParams]);
  const principal = await requirePrincipal(organization);
  const query = sessionQuerySchema.parse(search);
  const agents = (await listAgents(scopeOf(principal))).map(({ definition }) => ({
    id: definition.id,
    name: definition.name,
  }));
  const base = pageHref(organization, "/sessions");
  const hrefs = Object.fromEntries(
    ["", ...agents.map((agent) => agent.id)].map((agent) => [agent, base + sessionSearch(query, { agent })]),
  );
  return (
    <>
      <PageHeader crumbs={[{ label: "Sessions" }]} />
      <PageBody className="pt-2.5">
        <h1 className="sr-only">Sessions</h1>
        <div className="mb-2.5 flex gap-2">
          <SearchField label="Find a session" className="flex-1 sm:w-64 sm:flex-none" />
          <AgentFilter value={query.agent} agents={agents} hrefs={hrefs} />
          {query.q !== "" && query.agent !== "" ? (
            <Button asChild variant="ghost" className="max-sm:hidden">
              <Link href={base}>Clear</Link>
            </Button>
          ) : null}
        </div>
        <PageCard
          failure="The sessions could not be read"
          fallback={<SkeletonRows rows={12} label="Loading sessions" className="pt-8" />}
        >
          <Sessions
            organization={organization}
            principal={principal}
            query={query}
            agentNames={new Map(agents.map((agent) => [agent.id, agent.name]))}
          />
        </PageCard>
      </PageBody>
    </>
  );
}

interface SessionsProps {
  organization: string;
  principal: Principal;
  query: SessionQuery;
  agentNames: ReadonlyMap<string, string>;
}

async function Sessions({ organization, principal, query, agentNames }: SessionsProps) {
  const base = pageHref(organization, "/sessions");
  const { sessions, totalCount } = await listSessionOverviews(
    scopeOf(principal),
    {
      ...(query.q === "" ? {} : { nameContains: query.q }),
      ...(query.agent === "" ? {} : { componentId: query.agent }),
    },
    {
      sortBy: query.sort === "created" ? "createdAt" : "updatedAt",
      order: query.order,
      limit: PAGE_SIZE,
      offset: (query.page - 1) * PAGE_SIZE,
    },
  );
  if (totalCount === 0)
    return <NoSessions organization={organization} filtered={query.q !== "" || query.agent !== ""} />;
  return (
    <>
      <SessionTable
        organization={organization}
        query={query}
        sessions={sessions.map((session) => ({
          id: session.id,
          name: session.name === "" ? "Untitled" : session.name,
          agentName: agentNames.get(session.componentId) ?? session.componentId,
          runCount: session.runCount,
          lastStatus: session.lastStatus,
          totalTokens: session.usage.totalTokens,
          costMicroUsd: session.costMicroUsd,
          updatedAt: session.updatedAt.toISOString(),
        }))}
      />
      <div className="mt-3">
        <Pagination
          page={query.page}
          pageSize={PAGE_SIZE}
          total={totalCount}
          hrefOf={(page) => base + sessionSearch(query, { page })}
        />
      </div>
    </>
  );
}

function NoSessions({ organization, filtered }: { organization: string; filtered: boolean }) {
  if (filtered) {
    return (
      <EmptyState
        title="No session fits."
        actions={
          <Button asChild>
            <Link href={pageHref(organization, "/sessions")}>Clear filters</Link>
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      title="No sessions yet"
      actions={
        <Button asChild>
          <Link href={pageHref(organization, "/chat")}>New chat</Link>
        </Button>
      }
    >
      A session is a conversation with an agent: its questions, answers, tool calls and state.
    </EmptyState>
  );
}
