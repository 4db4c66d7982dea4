import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AgentForm } from "#components/agents/agent-form.tsx";
import { agentFormOf, emptyAgentForm } from "#components/agents/agent-form-schema.ts";
import { joinModelReference } from "#components/agents/model-reference.ts";
import { requirePrincipal } from "#lib/auth/current-principal.ts";
import { isAdministrator, type Principal, scopeOf } from "#lib/core/principal.ts";
import { listCheckChoices } from "#lib/server/list-check-choices.ts";
import { listSelectableModels } from "#lib/server/list-selectable-models.ts";
import { listTools } from "#lib/server/list-tools.ts";
import { findAgent } from "#lib/server/find-agent.ts";

export const metadata: Metadata = { title: "New agent" };

interface NewAgentPageProps {
  params: Promise<{ organization: string }>;
  searchParams: Promise<{ from?: string }>;
}

export default async function NewAgentPage({ params, searchParams }: NewAgentPageProps) {
  const [{ organization }, { from }] = await Promise.all([params, searchParams]);
  const principal = await requirePrincipal(organization);
  if (!isAdministrator(principal)) notFound();
  const models = await listSelectableModels(scopeOf(principal));
  // A connected model is what somebody who connected one wants; the demo model is the first of the list.
  const model = models[1] ?? models[0];
  const copied = typeof from === "string" ? await copyOf(principal, from) : null;
  return (
    <AgentForm
      existing={null}
      values={copied?.values ?? emptyAgentForm(model === undefined ? "" : joinModelReference(model))}
      kept={copied?.kept ?? {}}
      models={models}
      tools={listTools()}
      checks={listCheckChoices()}
    />
  );
}

async function copyOf(principal: Principal, agentId: string) {
  const agent = await findAgent(scopeOf(principal), agentId);
  if (agent === null) return null;
  const { definition } = agent;
  const { role, metadata } = definition;
  const values = agentFormOf({ ...definition, name: `${definition.name} copy`, id: `${definition.id}-copy` });
  return { values, kept: { role, metadata } };
}
