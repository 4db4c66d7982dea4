import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { RunDetail } from "#components/sessions/run-detail.tsx";
import { RunList } from "#components/sessions/run-list.tsx";
import { runRow } from "#components/sessions/run-row.ts";
import { SessionActions } from "#components/sessions/session-actions.tsx";
import { SessionFacts } from "#components/sessions/session-facts.tsx";
import { SessionSummary } from "#components/sessions/session-summary.tsx";
import { pageHref } from "#components/shell/navigation.ts";
import { PageCard } from "#components/shell/page-card.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/class-names.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import { getRunTimeline } from "#lib/server/get-run-timeline.ts";
import { getSessionOverview } from "#lib/server/get-session-overview.ts";
import { listChatAgents } from "#lib/server/list-chat-agents.ts";
import { listRequirements } from "#lib/server/list-requirements.ts";
import { listRunSummaries } from "#lib/server/list-run-summaries.ts";

const PAGE_SIZE = 25;

interface SessionPageProps {
  params: Promise<{ organization: string; sessionId: string }>;
  searchParams: Promise<{ run?: string; view?: string; page?: string }>;
}

export async function generateMetadata({ params }: SessionPageProps): Promise<Metadata> {
  const { organization, sessionId } = await params;
  const principal = await requirePrincipal(organization);
  const session = await getSessionOverview(scopeOf(principal), decodeURIComponent(sessionId));
  return { title: session?.name || "Session" };
}

export default async function SessionPage({ params, searchParams }: SessionPageProps) {
  const [{ organization, sessionId }, query] = await Promise.all([params, searchParams]);
  const id = decodeURIComponent(sessionId);
  const principal = await requirePrincipal(organization);
  const scope = scopeOf(principal);
  const page = Math.min(100_000, Math.max(1, Math.floor(Number(query.page)) || 1));
  const [session, agents, { runs, totalCount }] = await Promise.all([
    getSessionOverview(scope, id),
    listChatAgents(principal),
    listRunSummaries(scope, { sessionId: id }, { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }),
  ]);
  if (session === null) notFound();
  const name = session.name === "" ? "Untitled" : session.name;
  const canChat = agents.some((agent) => agent.id === session.componentId);
  const base = pageHref(organization, `/sessions/${encodeURIComponent(id)}`);
  const chosen = query.run ?? null;
  const shown = chosen ?? runs[0]?.id ?? null;
  const view = query.view === "raw" ? "raw" : "timeline";
  const searchOf = (changes: { run?: string; page?: number }) => {
    const search = new URLSearchParams();
    if (changes.run !== undefined) search.set("run", changes.run);
    if ((changes.page ?? page) > 1) search.set("page", String(changes.page ?? page));
    const text = search.toString();
    return text === "" ? base : `${base}?${text}`;
  };
  return (
    <>
      <PageHeader
        crumbs={[
          { label: "Sessions", href: pageHref(organization, "/sessions") },
          ...(chosen === null ? [{ label: name }] : [{ label: name, href: searchOf({}) }, { label: "Run" }]),
        ]}
        actions={
          <SessionActions
            session={{ id, name, agentId: session.componentId, runCount: session.runCount }}
            canChat={canChat}
          />
        }
      />
      <SessionFacts
        className={chosen === null ? undefined : "max-md:hidden"}
        session={{
          id,
          name,
          agentId: session.componentId,
          agentName: runs[0]?.componentName ?? session.componentId,
          canChat,
          subject: session.subject,
          isOwn: session.subject === principal.subject,
          runCount: session.runCount,
          totalTokens: session.usage.totalTokens,
          costMicroUsd: session.costMicroUsd,
          createdAt: session.createdAt.toISOString(),
          lastStatus: session.lastStatus,
        }}
        organization={organization}
      />
      {session.summary === null ? null : (
        <SessionSummary
          summary={session.summary}
          totalTokens={session.models
            .filter(({ role }) => role === "session_summary_model")
            .reduce((sum, { totalTokens }) => sum + totalTokens, 0)}
          className={chosen === null ? undefined : "max-md:hidden"}
        />
      )}
      {shown === null ? (
        <div className="px-4 py-5 sm:px-6">
          <EmptyState
            title="No runs yet"
            actions={
              canChat ? (
                <Button asChild>
                  <Link
                    href={pageHref(
                      organization,
                      `/chat?agent=${encodeURIComponent(session.componentId)}&session=${encodeURIComponent(id)}`,
                    )}
                  >
                    Open chat
                  </Link>
                </Button>
              ) : undefined
            }
          >
            This session was opened, but nobody has asked anything in it.
          </EmptyState>
        </div>
      ) : (
        <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] md:grid-cols-[300px_minmax(0,1fr)]">
          <div
            className={cn(
              "min-h-0 overflow-y-auto border-line p-2 md:border-r md:px-4",
              chosen !== null && "max-md:hidden",
            )}
          >
            <RunList runs={runs.map(runRow)} selectedId={shown} hrefOf={(run) => searchOf({ run })} />
            {totalCount > PAGE_SIZE ? (
              <div className="mt-3">
                <Pagination
                  page={page}
                  pageSize={PAGE_SIZE}
                  total={totalCount}
                  hrefOf={(next) => searchOf({ page: next })}
                />
              </div>
            ) : null}
          </div>
          <div className={cn("min-h-0 overflow-y-auto", chosen === null && "max-md:hidden")}>
            <PageCard
              key={shown}
              failure="The run could not be read"
              fallback={<SkeletonRows rows={8} label="Loading the run" className="px-6 pt-12" />}
            >
              <Run
                principal={principal}
                sessionId={id}
                runId={shown}
                view={view}
                href={searchOf({ run: shown })}
              />
            </PageCard>
          </div>
        </div>
      )}
    </>
  );
}

interface RunProps {
  principal: Principal;
  sessionId: string;
  runId: string;
  view: "timeline" | "raw";
  href: string;
}

async function Run({ principal, sessionId, runId, view, href }: RunProps) {
  const timeline = await getRunTimeline(scopeOf(principal), sessionId, runId);
  if (timeline === null) {
    return (
      <div className="p-6">
        <EmptyState title="This session has no such run.">
          It was deleted, or it belongs to somebody else.
        </EmptyState>
      </div>
    );
  }
  const { run, steps, events, cut } = timeline;
  const requirements = steps.some(({ kind }) => kind === "paused")
    ? await listRequirements(principal, run.rootRunId)
    : [];
  return (
    <RunDetail
      run={{ ...runRow(run), modelId: run.modelId, version: run.componentVersion }}
      steps={steps}
      events={events}
      cut={cut}
      requirements={requirements}
      view={view}
      href={href}
    />
  );
}
