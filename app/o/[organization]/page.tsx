import { MessageSquarePlus } from "lucide-react";
import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { cache } from "react";
import { BudgetWarnings } from "#components/budgets/budget-warnings.tsx";
import { AgentShortcuts } from "#components/home/agent-shortcuts.tsx";
import { NextSteps } from "#components/home/next-steps.tsx";
import { NumberStrip } from "#components/home/number-strip.tsx";
import { RecentRuns } from "#components/home/recent-runs.tsx";
import { RunsChart } from "#components/home/runs-chart.tsx";
import { WaitingApprovals } from "#components/home/waiting-approvals.tsx";
import { runRow } from "#components/sessions/run-row.ts";
import { KeyCaps } from "#components/shell/key-caps.tsx";
import { pageHref } from "#components/shell/navigation.ts";
import { PageCard } from "#components/shell/page-card.tsx";
import { PaletteButton } from "#components/shell/palette-button.tsx";
import { Button } from "#components/ui/button.tsx";
import { Section } from "#components/ui/section.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton, SkeletonRows } from "#components/ui/skeleton.tsx";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { publicOrigin } from "#lib/auth/public-origin.ts";
import { formatCount } from "#lib/core/format-count.ts";
import { formatDuration } from "#lib/core/format-duration.ts";
import { formatMoney } from "#lib/core/format-money.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import type { Scope } from "#lib/core/scope.ts";
import { listBudgetWarnings } from "#lib/server/list-budget-warnings.ts";
import { getHomeOverview } from "#lib/server/get-home-overview.ts";
import { getSetupProgress } from "#lib/server/get-setup-progress.ts";
import { listAgents } from "#lib/server/list-agents.ts";
import { listInbox } from "#lib/server/list-inbox.ts";
import { listRunSummaries } from "#lib/server/list-run-summaries.ts";

export const metadata: Metadata = { title: "Home" };

const RECENT_RUNS = 10;
const SHORTCUTS = 6;
const WAITING_APPROVALS = 3;

/** Read once for the numbers and the chart of one request. */
const readOverview = cache((scope: Scope) => getHomeOverview(scope, Date.now()));

interface PartProps {
  organization: string;
  scope: Scope;
}

export default async function HomePage({ params }: { params: Promise<{ organization: string }> }) {
  const { organization } = await params;
  const principal = await requirePrincipal(organization);
  const scope = scopeOf(principal);
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Home" }]}
        actions={
          <>
            <PaletteButton />
            <Button asChild className="max-sm:hidden">
              <Link href={pageHref(organization, "/chat")}>
                <MessageSquarePlus />
                New chat
                <KeyCaps keys="c" />
              </Link>
            </Button>
          </>
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto lg:grid lg:grid-cols-[minmax(0,1fr)_344px] lg:overflow-hidden">
        <div className="flex flex-col gap-5 px-4 py-5 sm:px-6 lg:min-h-0 lg:overflow-y-auto">
          <PageCard failure="The budgets could not be read" fallback={null}>
            <Budgets organization={organization} principal={principal} />
          </PageCard>
          <PageCard failure="The first steps could not be read" fallback={<StepsSkeleton />}>
            <Steps organization={organization} scope={scope} />
          </PageCard>
          <PageCard failure="What waits for you could not be read" fallback={null}>
            <Waiting organization={organization} principal={principal} />
          </PageCard>
          <PageCard failure="The numbers could not be read" fallback={<NumbersSkeleton />}>
            <Numbers scope={scope} />
          </PageCard>
          <Section
            title="Recent runs"
            action={
              <Link
                href={pageHref(organization, "/sessions")}
                className="flex items-center gap-1.5 text-fg-3 hover:text-fg"
              >
                All sessions
                <KeyCaps keys="g s" />
              </Link>
            }
          >
            <PageCard
              failure="The runs could not be read"
              fallback={<SkeletonRows rows={RECENT_RUNS} label="Loading runs" />}
            >
              <Runs organization={organization} scope={scope} />
            </PageCard>
          </Section>
        </div>
        <div className="flex flex-col gap-5 border-line px-4 py-5 max-lg:border-t sm:px-6 lg:min-h-0 lg:overflow-y-auto lg:border-l">
          <Section title="Runs by hour">
            <PageCard
              failure="The chart could not be drawn"
              fallback={<Skeleton className="appear-late mt-2 h-[116px] w-full" />}
            >
              <Chart scope={scope} />
            </PageCard>
          </Section>
          <Section
            title="Agents"
            className="border-t border-line pt-4"
            action={
              <Link href={pageHref(organization, "/agents")} className="text-fg-3 hover:text-fg">
                All agents
              </Link>
            }
          >
            <PageCard
              failure="The agents could not be read"
              fallback={<SkeletonRows rows={3} tall label="Loading agents" />}
            >
              <Agents organization={organization} scope={scope} />
            </PageCard>
          </Section>
        </div>
      </div>
    </>
  );
}

async function Budgets({ organization, principal }: { organization: string; principal: Principal }) {
  return <BudgetWarnings organization={organization} budgets={await listBudgetWarnings(principal)} />;
}

async function Steps({ organization, scope }: PartProps) {
  const [progress, agents, head] = await Promise.all([getSetupProgress(scope), listAgents(scope), headers()]);
  if (progress.hasRun && progress.hasStoredAgent && progress.hasModelProvider) {
    return <h1 className="sr-only">Home of {organization}</h1>;
  }
  const starters = agents.map(({ definition }) => ({
    id: definition.id,
    name: definition.name,
    prompt: definition.quick_prompts[0] ?? null,
  }));
  return <NextSteps progress={progress} starters={starters} origin={publicOrigin(head)} />;
}

/** Nothing, where nothing waits. */
async function Waiting({ organization, principal }: { organization: string; principal: Principal }) {
  const { approvals, counts } = await listInbox(principal, {
    tab: "waiting",
    page: 1,
    limit: WAITING_APPROVALS,
  });
  if (approvals.length === 0) return null;
  return (
    <Section
      title="Waiting for a decision"
      action={
        <Link
          href={pageHref(organization, "/approvals")}
          className="flex items-center gap-1.5 text-fg-3 hover:text-fg"
        >
          {counts.waiting > approvals.length ? `All ${counts.waiting}` : "Approvals"}
        </Link>
      }
    >
      <WaitingApprovals organization={organization} approvals={approvals} />
    </Section>
  );
}

async function Numbers({ scope }: { scope: Scope }) {
  const { statistics, previousRuns } = await readOverview(scope);
  const { runs, running, failed, totalTokens, costMicroUsd, unpricedRuns, durationP50Ms, durationP95Ms } =
    statistics;
  const ended = runs - running;
  const change = previousRuns === 0 ? null : Math.round(((runs - previousRuns) / previousRuns) * 100);
  return (
    <NumberStrip
      numbers={[
        {
          label: "Runs, 24 h",
          value: formatCount(runs),
          aside:
            running > 0
              ? `${running} running`
              : change === null
                ? undefined
                : `${change < 0 ? "" : "+"}${change}%`,
        },
        {
          label: "Failed",
          value: formatCount(failed),
          aside: failed === 0 || ended === 0 ? undefined : `${((failed / ended) * 100).toFixed(1)}%`,
        },
        { label: "Median run", value: durationP50Ms === null ? "-" : formatDuration(durationP50Ms) },
        {
          label: "Slowest 5%",
          value: durationP95Ms === null ? "-" : formatDuration(durationP95Ms),
        },
        { label: "Tokens", value: formatCount(totalTokens) },
        {
          label: "Cost",
          value: unpricedRuns > 0 && costMicroUsd === 0 ? "no price" : formatMoney(costMicroUsd),
          aside: unpricedRuns > 0 && costMicroUsd > 0 ? `${unpricedRuns} without a price` : undefined,
        },
      ]}
    />
  );
}

async function Runs({ organization, scope }: PartProps) {
  const { runs } = await listRunSummaries(scope, {}, { limit: RECENT_RUNS, offset: 0 });
  if (runs.length === 0)
    return <p className="text-fg-3">No runs yet. They appear here as soon as somebody asks an agent.</p>;
  return <RecentRuns organization={organization} runs={runs.map(runRow)} />;
}

async function Chart({ scope }: { scope: Scope }) {
  const { hours } = await readOverview(scope);
  return <RunsChart hours={hours} />;
}

async function Agents({ organization, scope }: PartProps) {
  const agents = await listAgents(scope);
  return (
    <AgentShortcuts
      organization={organization}
      agents={agents.slice(0, SHORTCUTS).map(({ definition }) => ({
        id: definition.id,
        name: definition.name,
        line: definition.description ?? definition.model.id,
      }))}
    />
  );
}

function StepsSkeleton() {
  return <SkeletonRows rows={4} tall label="Loading the first steps" className="pt-12" />;
}

function NumbersSkeleton() {
  return (
    <div
      className="-mx-4 h-[71px] border-y border-line sm:-mx-6"
      role="status"
      aria-label="Loading the numbers"
    />
  );
}
