import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { AgentForm } from "#components/agents/agent-form.tsx";
import { agentFormOf } from "#components/agents/agent-form-schema.ts";
import { pageHref } from "#components/shell/navigation.ts";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { isAdministrator, scopeOf } from "#lib/core/principal.ts";
import { findAgent } from "#lib/server/find-agent.ts";
import { listCheckChoices } from "#lib/server/list-check-choices.ts";
import { listSelectableModels } from "#lib/server/list-selectable-models.ts";
import { listTools } from "#lib/server/list-tools.ts";

export const metadata: Metadata = { title: "Edit agent" };

interface EditAgentPageProps {
  params: Promise<{ organization: string; agentId: string }>;
}

export default async function EditAgentPage({ params }: EditAgentPageProps) {
  const { organization, agentId } = await params;
  const id = decodeURIComponent(agentId);
  const principal = await requirePrincipal(organization);
  if (!isAdministrator(principal)) notFound();
  const scope = scopeOf(principal);
  const [agent, models] = await Promise.all([findAgent(scope, id), listSelectableModels(scope)]);
  if (agent === null) notFound();
  if (agent.source === "code") redirect(pageHref(organization, `/agents/${agentId}`));
  const { role, metadata: agentMetadata } = agent.definition;
  return (
    <AgentForm
      existing={{ id, version: agent.version }}
      values={agentFormOf(agent.definition)}
      kept={{ role, metadata: agentMetadata }}
      models={models}
      tools={listTools()}
      checks={listCheckChoices()}
    />
  );
}
