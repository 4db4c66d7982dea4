"use client";

import { ArrowRight, Bot, CircleCheck, Cpu, type LucideIcon, MessageSquare, Terminal } from "lucide-react";
import { pageHref } from "#components/shell/navigation.ts";
import { useShell } from "#components/shell/shell-context.ts";
import { cn } from "#components/ui/class-names.ts";
import { RowLink } from "#components/ui/table.tsx";
import { CurlExample } from "./curl-example.tsx";

interface NextStepsProps {
  progress: { hasRun: boolean; hasStoredAgent: boolean; hasModelProvider: boolean };
  starters: readonly { id: string; name: string; prompt: string | null }[];
  /** Where this server answers, such as `http://localhost:7777`. */
  origin: string;
}

const rowStyle =
  "relative -mx-3 rounded-lg px-3 py-2.5 [&+&]:before:absolute [&+&]:before:top-0 [&+&]:before:right-3 [&+&]:before:left-[41px] [&+&]:before:border-t [&+&]:before:border-line";

interface StepProps {
  icon: LucideIcon;
  done: boolean;
  title: string;
  line: string;
  path: string;
}

function Step({ icon: Icon, done, title, line, path }: StepProps) {
  const { organization } = useShell();
  return (
    <li className={cn(rowStyle, "flex items-center gap-3 hover:bg-hover")}>
      {done ? (
        <CircleCheck aria-hidden className="size-[17px] shrink-0 text-ok" strokeWidth={2} />
      ) : (
        <Icon aria-hidden className="size-[17px] shrink-0 text-fg-3" />
      )}
      <div className="min-w-0 flex-1">
        <RowLink href={pageHref(organization.slug, path)} className={done ? "text-fg-2" : "font-medium"}>
          {title}
          {done ? <span className="sr-only"> (done)</span> : null}
        </RowLink>
        <p className="text-fg-3">{line}</p>
      </div>
      <ArrowRight aria-hidden className="size-4 shrink-0 text-fg-3" />
    </li>
  );
}

/** What a newcomer does first, with what is done already ticked. */
export function NextSteps({ progress, starters, origin }: NextStepsProps) {
  const { user } = useShell();
  const first = starters[0];
  const isAdmin = user.role !== "member";
  return (
    <section aria-labelledby="next-steps">
      <h1 id="next-steps">{progress.hasRun ? "What is next" : `Welcome, ${user.name}`}</h1>
      <p className="mt-0.5 max-w-[68ch] text-fg-2">
        {progress.hasModelProvider
          ? "Your agents are ready to answer."
          : "Everything here works already. Answers come from the demo model, which is not an LLM, until you connect one."}
      </p>
      <ul className="mt-3">
        {first === undefined ? null : (
          <Step
            icon={MessageSquare}
            done={progress.hasRun}
            title={`Talk to ${first.name}`}
            line={first.prompt === null ? "Ask it something." : `Ask it, say, “${first.prompt}”`}
            path={`/chat?agent=${encodeURIComponent(first.id)}`}
          />
        )}
        {isAdmin ? (
          <Step
            icon={Bot}
            done={progress.hasStoredAgent}
            title="Make an agent of your own"
            line="Give it instructions and tools in a form; it answers at once."
            path="/agents/new"
          />
        ) : null}
        {isAdmin ? (
          <Step
            icon={Cpu}
            done={progress.hasModelProvider}
            title="Connect a model"
            line="OpenAI, Anthropic, Google, or a server of your own such as Ollama."
            path="/models?add=openai"
          />
        ) : null}
        {first === undefined ? null : (
          <li className={rowStyle}>
            <details>
              <summary className="flex list-none items-center gap-3 [&::-webkit-details-marker]:hidden">
                <Terminal aria-hidden className="size-[17px] shrink-0 text-fg-3" />
                <span className="min-w-0 flex-1">
                  <span className="block font-medium">Call it from your program</span>
                  <span className="text-fg-3">The API is the AgentOS API; its clients work with it.</span>
                </span>
                <ArrowRight aria-hidden className="size-4 shrink-0 text-fg-3" />
              </summary>
              <CurlExample origin={origin} agentId={first.id} prompt={first.prompt ?? "Hello"} />
            </details>
          </li>
        )}
      </ul>
    </section>
  );
}
