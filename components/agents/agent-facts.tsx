import Link from "next/link";
import { pageHref } from "#components/shell/navigation.ts";
import { Section } from "#components/ui/section.tsx";
import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import { SCRIPTED_PROVIDER } from "#lib/core/model-provider.ts";
import type { ToolChoice } from "./agent-choices.ts";
import { EffectBadge } from "./effect-badge.tsx";

interface AgentFactsProps {
  organization: string;
  definition: AgentDefinition;
  providerName: string;
  tools: readonly ToolChoice[];
}

/** What is done beside the conversation, a model call each. */
function helperFacts(definition: AgentDefinition): (readonly [string, string])[] {
  const helpers = [
    ...(definition.compress_tool_results ? ["shortens results of tools"] : []),
    ...(definition.enable_session_summaries ? ["sums up the session"] : []),
    ...(definition.followups ? [`suggests ${definition.num_followups} follow-ups`] : []),
  ];
  return helpers.length === 0 ? [] : [["Helpers", helpers.join(", ")]];
}

/** What an agent is made of, to read. */
export function AgentFacts({ organization, definition, providerName, tools }: AgentFactsProps) {
  const facts: (readonly [string, string])[] = [
    [
      "Conversation",
      definition.add_history_to_context ? `the last ${definition.num_history_runs} runs` : "not sent",
    ],
    ["Tool calls", `at most ${definition.tool_call_limit} in a run`],
    [
      "Date and time",
      definition.add_datetime_to_context ? (definition.timezone_identifier ?? "UTC") : "not told",
    ],
    [
      "Temperature",
      definition.temperature === undefined ? "the model's own" : String(definition.temperature),
    ],
    ...helperFacts(definition),
    ...guardrailFacts(definition),
    ...(definition.reasoning_effort === undefined
      ? []
      : [["Reasoning effort", definition.reasoning_effort] as const]),
    ...(definition.max_output_tokens === undefined
      ? []
      : [["Longest answer", `${definition.max_output_tokens.toLocaleString("en-GB")} tokens`] as const]),
  ];
  return (
    <div className="flex flex-col gap-5">
      <Section title="Model">
        <p>
          <span className="mono">{definition.model.id}</span>{" "}
          <span className="text-fg-3">
            {definition.model.provider === SCRIPTED_PROVIDER
              ? "demo model, not an LLM"
              : `by ${providerName}`}
          </span>
        </p>
      </Section>
      <Section title="Instructions">
        {definition.instructions === "" ? (
          <p className="text-fg-3">None.</p>
        ) : (
          <p className="max-h-100 max-w-[80ch] overflow-y-auto rounded-lg border border-line bg-sunken px-3.5 py-2.5 whitespace-pre-wrap [overflow-wrap:anywhere]">
            {definition.instructions}
          </p>
        )}
      </Section>
      <Section title="Tools">
        {definition.tools.length === 0 ? (
          <p className="text-fg-3">None: it only talks.</p>
        ) : (
          <ul className="divide-y divide-line border-y border-line">
            {definition.tools.map((name) => {
              const tool = tools.find((known) => known.name === name);
              return (
                <li key={name} className="flex min-h-9 items-center gap-3 py-1">
                  <span className="mono w-32 shrink-0 sm:w-40 truncate">{name}</span>
                  <span className="min-w-0 flex-1 truncate text-fg-3">
                    {tool?.description ?? "This tool is not here any more."}
                  </span>
                  {tool === undefined ? null : <EffectBadge effect={tool.effect} />}
                </li>
              );
            })}
          </ul>
        )}
      </Section>
      <Section title="Behaviour">
        <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-1">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-fg-3">{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Section>
      {definition.quick_prompts.length === 0 ? null : (
        <Section title="Conversation starters">
          <ul className="flex flex-wrap gap-2">
            {definition.quick_prompts.map((prompt) => (
              <li key={prompt}>
                <Link
                  href={pageHref(organization, `/chat?agent=${encodeURIComponent(definition.id)}`)}
                  className="inline-flex min-h-7 items-center rounded-md border border-line-2 px-2.5 text-fg-2 hover:bg-hover"
                >
                  {prompt}
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}

const GUARDRAIL_WORDS = {
  pii: "personal data",
  prompt_injection: "prompt injection",
  moderation: "moderation",
} as const;

function guardrailFacts(definition: AgentDefinition): (readonly [string, string])[] {
  const { guardrails, pre_hooks, post_hooks, model_middleware, tool_hooks } = definition;
  const named = guardrails.map((one) => (one.kind === "custom" ? one.name : GUARDRAIL_WORDS[one.kind]));
  const hooks = [...pre_hooks, ...post_hooks].map(({ name }) => name);
  return [
    ["Guardrails", named.length === 0 ? "none" : named.join(", ")],
    ...(hooks.length === 0 ? [] : [["Hooks", hooks.join(", ")] as const]),
    ...(tool_hooks.length === 0 ? [] : [["Tool hooks", tool_hooks.join(", ")] as const]),
    ...(model_middleware.length === 0 ? [] : [["Model middleware", model_middleware.join(", ")] as const]),
  ];
}
