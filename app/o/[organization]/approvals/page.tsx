import type { Metadata } from "next";
import Link from "next/link";
import { FilterSelect } from "#components/approvals/filter-select.tsx";
import { Inbox } from "#components/approvals/inbox.tsx";
import { type InboxQuery, inboxQuerySchema, inboxSearch } from "#components/approvals/inbox-query.ts";
import { PageCard } from "#components/shell/page-card.tsx";
import { pageHref } from "#components/shell/navigation.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { TabLinks } from "#components/ui/tab-links.tsx";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import { getApprovalState } from "#lib/server/get-approval-state.ts";
import { listAgents } from "#lib/server/list-agents.ts";
import { listInbox } from "#lib/server/list-inbox.ts";
import { listTools } from "#lib/server/list-tools.ts";

export const metadata: Metadata = { title: "Approvals" };

const PAGE_SIZE = 50;

interface ApprovalsPageProps {
  params: Promise<{ organization: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What waits for somebody who may approve it, and what has become of the rest. */
export default async function ApprovalsPage({ params, searchParams }: ApprovalsPageProps) {
  const [{ organization }, search] = await Promise.all([params, searchParams]);
  const principal = await requirePrincipal(organization);
  const query = inboxQuerySchema.parse(search);
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Approvals" }]}
        actions={
          <>
            <span className="flex items-center gap-1 text-fg-3 max-md:hidden">
              <Kbd>J</Kbd> <Kbd>K</Kbd> move
            </span>
            <Button asChild variant="ghost">
              <Link href={pageHref(organization, "/settings/approval-policies")}>Policies</Link>
            </Button>
          </>
        }
      />
      <h1 className="sr-only">Approvals</h1>
      <PageCard
        failure="The approvals could not be read"
        fallback={<SkeletonRows rows={6} tall label="Loading approvals" className="px-6 pt-24" />}
      >
        <Approvals organization={organization} principal={principal} query={query} />
      </PageCard>
    </>
  );
}

interface ApprovalsProps {
  organization: string;
  principal: Principal;
  query: InboxQuery;
}

async function Approvals({ organization, principal, query }: ApprovalsProps) {
  const [inbox, agents] = await Promise.all([
    listInbox(principal, {
      tab: query.tab,
      agentId: query.agent || undefined,
      toolName: query.tool || undefined,
      userId: query.who || undefined,
      page: query.page,
      limit: PAGE_SIZE,
    }),
    listAgents(scopeOf(principal)),
  ]);
  const known = query.id === "" || inbox.approvals.some(({ id }) => id === query.id);
  const named = known ? null : await getApprovalState(principal, query.id);
  const base = pageHref(organization, "/approvals");
  const href = (changes: Partial<InboxQuery>) => base + inboxSearch(query, changes);
  const isFiltered = query.agent !== "" || query.tool !== "" || query.who !== "";
  const hasNone = inbox.approvals.length === 0 && named === null;
  return (
    <div className="group/inbox flex min-h-0 flex-1 flex-col">
      {/* A phone shows the approval that is open and nothing else. */}
      <div className="shrink-0 max-sm:group-has-data-open/inbox:hidden">
        <TabLinks
          label="Parts of the inbox"
          items={(["waiting", "settled", "expired"] as const).map((tab) => ({
            href: href({ tab }),
            label: { waiting: "Waiting", settled: "Settled", expired: "Expired" }[tab],
            current: query.tab === tab,
            count: inbox.counts[tab],
          }))}
        />
        <div className="flex shrink-0 gap-2 overflow-x-auto border-b border-line px-4 py-2 sm:px-6">
          <FilterSelect
            label="Agent"
            value={query.agent}
            allHref={href({ agent: "" })}
            options={agents.map(({ definition: { id, name } }) => ({
              value: id,
              label: name,
              href: href({ agent: id }),
            }))}
          />
          <FilterSelect
            label="Tool"
            value={query.tool}
            allHref={href({ tool: "" })}
            options={listTools().map(({ name, title }) => ({
              value: name,
              label: title,
              href: href({ tool: name }),
            }))}
          />
          {inbox.people.length < 2 ? null : (
            <FilterSelect
              label="Who"
              value={query.who}
              allHref={href({ who: "" })}
              options={inbox.people.map(({ id, name }) => ({
                value: id,
                label: name,
                href: href({ who: id }),
              }))}
            />
          )}
          {isFiltered ? (
            <Button asChild variant="ghost">
              <Link href={href({ agent: "", tool: "", who: "" })}>Clear</Link>
            </Button>
          ) : null}
        </div>
      </div>
      {hasNone ? (
        <div className="p-4 sm:p-6">
          <None query={query} filtered={isFiltered} clearHref={href({ agent: "", tool: "", who: "" })} />
        </div>
      ) : (
        <Inbox
          key={inboxSearch(query, { page: query.page })}
          approvals={inbox.approvals}
          named={named}
          openId={query.id}
        />
      )}
      {inbox.totalCount > PAGE_SIZE ? (
        <div className="border-t border-line px-4 py-2 sm:px-6">
          <Pagination
            page={query.page}
            pageSize={PAGE_SIZE}
            total={inbox.totalCount}
            hrefOf={(page) => href({ page })}
          />
        </div>
      ) : null}
    </div>
  );
}

function None({ query, filtered, clearHref }: { query: InboxQuery; filtered: boolean; clearHref: string }) {
  if (filtered) {
    return (
      <EmptyState
        title="No approval fits."
        actions={
          <Button asChild>
            <Link href={clearHref}>Clear filters</Link>
          </Button>
        }
      />
    );
  }
  switch (query.tab) {
    case "waiting":
      return (
        <EmptyState title="Nothing waits">
          A call of a tool that takes an approval waits here until somebody who may decides. A policy says
          which calls, and who.
        </EmptyState>
      );
    case "settled":
      return <EmptyState title="Nothing settled yet">What was approved or rejected stays here.</EmptyState>;
    case "expired":
      return (
        <EmptyState title="Nothing has expired">
          What nobody decided about in time is denied, or ends its run, as its policy says.
        </EmptyState>
      );
  }
}
