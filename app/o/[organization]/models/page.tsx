import { Cpu, Plus } from "lucide-react";
import type { Metadata } from "next";
import { ProviderList } from "#components/models/provider-list.tsx";
import { AdminAction } from "#components/shell/admin-action.tsx";
import { pageHref } from "#components/shell/navigation.ts";
import { PageCard } from "#components/shell/page-card.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Section } from "#components/ui/section.tsx";
import { PageBody } from "#components/ui/page-body.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { SCRIPTED_MODEL_ID, SCRIPTED_PROVIDER } from "#lib/core/model-provider.ts";
import { PRICES_DATE } from "#lib/core/prices-date.ts";
import { type Principal, scopeOf } from "#lib/core/principal.ts";
import { listAgents } from "#lib/server/list-agents.ts";
import { listModelProviders } from "#lib/server/list-model-providers.ts";

export const metadata: Metadata = { title: "Models" };

interface ModelsPageProps {
  params: Promise<{ organization: string }>;
  searchParams: Promise<{ add?: string; edit?: string }>;
}

export default async function ModelsPage({ params, searchParams }: ModelsPageProps) {
  const [{ organization }, { add, edit }] = await Promise.all([params, searchParams]);
  const principal = await requirePrincipal(organization);
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Models" }]}
        actions={
          <AdminAction variant="primary" href={pageHref(organization, "/models?add=openai")}>
            <Plus />
            Connect a model
          </AdminAction>
        }
      />
      <PageBody>
        <div className="flex max-w-[860px] flex-col gap-6">
          <div>
            <h1>Models</h1>
            <p className="max-w-[68ch] text-fg-2">
              Where agents get their answers from. Keys are encrypted and never leave this server.
            </p>
          </div>
          <Section title="Built in">
            <div className="flex items-center gap-3 border-y border-line py-2.5">
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-center gap-x-2">
                  <span className="font-medium">Demo model</span>
                  <span className="mono text-fg-3">
                    {SCRIPTED_PROVIDER}/{SCRIPTED_MODEL_ID}
                  </span>
                  <Badge>not an LLM</Badge>
                </p>
                <p className="text-sm text-fg-3">
                  Follows rules instead of thinking: it calls real tools and streams real text, so everything
                  can be tried without a key. Free, always on.
                </p>
              </div>
              <Cpu aria-hidden className="size-4 shrink-0 text-fg-3" />
            </div>
          </Section>
          <Section title="Connections">
            <PageCard
              failure="The connections could not be read"
              fallback={<SkeletonRows rows={2} tall label="Loading connections" />}
            >
              <Connections principal={principal} add={add} edit={edit} />
            </PageCard>
          </Section>
          <p className="text-sm text-fg-3">
            Costs are reckoned with a price list of{" "}
            <time dateTime={PRICES_DATE}>
              {new Date(PRICES_DATE).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" })}
            </time>
            . A model that is not in it shows “no price”.
          </p>
        </div>
      </PageBody>
    </>
  );
}

async function Connections(props: {
  principal: Principal;
  add: string | undefined;
  edit: string | undefined;
}) {
  const scope = scopeOf(props.principal);
  const [providers, agents] = await Promise.all([listModelProviders(props.principal), listAgents(scope)]);
  const usedBy = Object.fromEntries(
    providers.map((provider) => [
      provider.id,
      agents
        .filter(({ definition }) => definition.model.provider === provider.id)
        .map(({ definition }) => definition.name),
    ]),
  );
  return <ProviderList providers={providers} usedBy={usedBy} dialog={{ add: props.add, edit: props.edit }} />;
}
