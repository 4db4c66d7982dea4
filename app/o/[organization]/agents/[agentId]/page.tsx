import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AgentActions } from "#components/agents/agent-actions.tsx";
import { AgentFacts } from "#components/agents/agent-facts.tsx";
import { RecentRuns } from "#components/home/recent-runs.tsx";
import { runRow } from "#components/sessions/run-row.ts";
import { pageHref } from "#components/shell/navigation.ts";
import { PageCard } from "#components/shell/page-card.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Section } from "#components/ui/section.tsx";
import { IdChip } from "#components/ui/id-chip.tsx";
import { PageBody } from "#components/ui/page-body.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import { findAgent } from "#lib/server/find-agent.ts";
import { listRunSummaries } from "#lib/server/list-run-summaries.ts";
import { listSelectableModels } from "#lib/server/list-selectable-models.ts";
import { listSessionOverviews } from "#lib/server/list-session-overviews.ts";
import { listTools } from "#lib/server/list-tools.ts";

const RECENT_RUNS = 10;

interface AgentPageProps {
  params: Promise<{ organization: string; agentId: string }>;
}

export async function generateMetadata({ params }: AgentPageProps): Promise<Metadata> {
  const { organization, agentId } = await params;
  const principal = await requirePrincipal(organization);
  const agent = await findAgent(scopeOf(principal), decodeURIComponent(agentId));
  return { title: agent?.definition.name ?? "Agent" };
}

export default async function AgentPage({ params }: AgentPageProps) {
  const { organization, agentId } = await params;
  const id = decodeURIComponent(agentId);
  const principal = await requirePrincipal(organization);
  const scope = scopeOf(principal);
  const [agent, models, { totalCount }] = await Promise.all([
    findAgent(scope, id),
    listSelectableModels(scope),
    listSessionOverviews(
      scope,
      { componentId: id },
      { sortBy: "updatedAt", order: "desc", limit: 1, offset: 0 },
    ),
  ]);
  if (agent === null) notFound();
  const { definition, source, version, updatedAt } = agent;
  const providerName =
    models.find((model) => model.provider === definition.model.provider)?.providerName ??
    definition.model.provider;
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Agents", href: pageHref(organization, "/agents") }, { label: definition.name }]}
        badge={<Badge>{version === null ? "In code" : `Version ${version}`}</Badge>}
        actions={<AgentActions agent={{ id, name: definition.name, source, sessionCount: totalCount }} />}
      />
      <PageBody>
        <h1>{definition.name}</h1>
        {definition.description === undefined ? null : (
          <p className="max-w-[80ch] text-fg-2">{definition.description}</p>
        )}
        <p className="mt-1 mb-5 flex flex-wrap items-center gap-x-3 text-fg-3">
          <IdChip id={id} whole />
          {updatedAt === null ? (
            <span>Defined in code under agents/. To change it here, make a copy.</span>
          ) : (
            <span>
              Saved <RelativeTime value={updatedAt.toISOString()} />
            </span>
          )}
        </p>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
          <AgentFacts
            organization={organization}
            definition={definition}
            providerName={providerName}
            tools={listTools()}
          />
          <Section title="Recent runs">
            <PageCard
              failure="The runs could not be read"
              fallback={<SkeletonRows rows={5} label="Loading runs" />}
            >
              <AgentRuns organization={organization} principal={principal} agentId={id} />
            </PageCard>
          </Section>
        </div>
      </PageBody>
    </>
  );
}

async function AgentRuns(props: { organization: string; principal: Principal; agentId: string }) {
  const { organization, principal, agentId } = props;
  const { runs } = await listRunSummaries(
    scopeOf(principal),
    { componentId: agentId },
    { limit: RECENT_RUNS, offset: 0 },
  );
  if (runs.length === 0) return <p className="text-fg-3">None yet. Open a chat and ask it something.</p>;
  return <RecentRuns organization={organization} runs={runs.map(runRow)} showAgent={false} />;
}
