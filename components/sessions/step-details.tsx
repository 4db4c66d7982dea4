import type { ReactNode } from "react";
import { ValueList } from "#components/chat/value-list.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { formatCount } from "#lib/core/format-count.ts";
import { formatDuration } from "#lib/core/format-duration.ts";
import type { SideCall } from "#lib/core/side-call.ts";
import type { TimelineStep } from "#lib/core/run-timeline.ts";

// A page is for reading; whoever needs a megabyte takes it from the API.
const MAX_CHARACTERS = 20_000;

function shortened(text: string): string {
  return text.length > MAX_CHARACTERS
    ? `${text.slice(0, MAX_CHARACTERS)}\n… ${text.length - MAX_CHARACTERS} more characters`
    : text;
}

function parsed(text: string): unknown {
  if (text.length > MAX_CHARACTERS) return shortened(text);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function Well({ title, copy, children }: { title: string; copy?: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="min-w-0">
      <div className="flex h-7 items-center gap-1 text-sm text-fg-3">
        {title}
        {copy === undefined || copy.length > MAX_CHARACTERS ? null : (
          <CopyButton text={copy} label={`Copy ${title.toLowerCase()}`} />
        )}
      </div>
      <div className="max-h-100 overflow-y-auto rounded-md border border-line bg-sunken px-3 py-2">
        {children}
      </div>
    </section>
  );
}

function Facts({ facts }: { facts: readonly (readonly [string, string])[] }) {
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-fg-3">{name}</dt>
          <dd className="tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function ModelFacts({ step }: { step: Extract<TimelineStep, { kind: "model" }> }) {
  const { usage, durationMs } = step;
  if (usage === null) return null;
  const cached = usage.cache_read_tokens > 0 ? ` (${formatCount(usage.cache_read_tokens)} from cache)` : "";
  const thought = usage.reasoning_tokens > 0 ? ` (${formatCount(usage.reasoning_tokens)} of thought)` : "";
  const facts: [string, string][] = [
    ["Input", `${formatCount(usage.input_tokens)} tokens${cached}`],
    ["Output", `${formatCount(usage.output_tokens)} tokens${thought}`],
  ];
  if (usage.time_to_first_token !== undefined) {
    facts.push(["First token", `after ${formatDuration(usage.time_to_first_token * 1_000)}`]);
  }
  if (durationMs !== null && durationMs > 0 && usage.output_tokens > 0) {
    facts.push(["Speed", `${Math.round((usage.output_tokens / durationMs) * 1_000)} tokens a second`]);
  }
  for (const { model, error } of usage.failed_models ?? []) facts.push([`${model} failed`, error]);
  return <Facts facts={facts} />;
}

/** The helpers' model calls of a step, those of one model together. */
function CallFacts({ calls }: { calls: readonly SideCall[] }) {
  const facts = [...new Set(calls.map(({ model }) => model))].map((model): [string, string] => {
    const own = calls.filter((call) => call.model === model);
    const input = own.reduce((sum, call) => sum + call.input_tokens, 0);
    const output = own.reduce((sum, call) => sum + call.output_tokens, 0);
    const times = own.length === 1 ? "" : `${own.length} calls, `;
    return [model, `${times}${formatCount(input)} in, ${formatCount(output)} out`];
  });
  return <Facts facts={facts} />;
}

function Body({ step }: { step: TimelineStep }) {
  switch (step.kind) {
    case "model":
      return <ModelFacts step={step} />;
    case "reasoning":
    case "answer":
      return (
        <Well title={step.kind === "answer" ? "Text" : "Thought"} copy={step.text}>
          <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{shortened(step.text)}</p>
        </Well>
      );
    case "tool":
      return (
        <div className="grid gap-x-6 gap-y-2 lg:grid-cols-2">
          <Well title="Arguments" copy={JSON.stringify(step.tool.tool_args, null, 2)}>
            <ValueList value={step.tool.tool_args} />
          </Well>
          {step.askedArgs === undefined ? null : (
            <Well
              title="Arguments that the model wrote, before hooks"
              copy={JSON.stringify(step.askedArgs, null, 2)}
            >
              <ValueList value={step.askedArgs} />
            </Well>
          )}
          {step.changedArgs === undefined ? null : (
            <Well
              title="Arguments that a hook put in their place"
              copy={JSON.stringify(step.changedArgs, null, 2)}
            >
              <ValueList value={step.changedArgs} />
            </Well>
          )}
          <Well title={step.error === null ? "Result" : "Error"} copy={step.tool.result ?? undefined}>
            {step.tool.result === null && step.error === null ? (
              <p className="text-fg-3">{step.open ? "Still running" : "No result"}</p>
            ) : (
              <ValueList value={parsed(step.error ?? step.tool.result ?? "")} />
            )}
          </Well>
        </div>
      );
    case "compression":
    case "followups":
      return <CallFacts calls={step.usage?.calls ?? []} />;
    case "output":
    case "parser":
      return <CallFacts calls={step.calls ?? []} />;
    case "failed":
      return (
        <Well title="Error" copy={step.message}>
          <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{shortened(step.message)}</p>
        </Well>
      );
    case "check":
    case "started":
    case "paused":
    case "recovered":
    case "completed":
    case "cancelled":
      return null;
  }
}

/** What an opened row of the timeline shows. */
export function StepDetails({ step }: { step: TimelineStep }) {
  return (
    <div className="pt-0.5 pr-2 pb-4 pl-3 sm:pl-26">
      <Body step={step} />
    </div>
  );
}
