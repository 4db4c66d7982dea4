import type { ChatAgent } from "./chat-data.ts";
import { Badge } from "../ui/badge.tsx";

interface EmptyThreadProps {
  agent: ChatAgent;
  /** A starter is a text; an agent that takes forms has no use for one. */
  takesText: boolean;
  onPrompt: (prompt: string) => void;
}

/** Before the first message: who answers, with which model, and a few questions to start from. */
export function EmptyThread({ agent, takesText, onPrompt }: EmptyThreadProps) {
  return (
    <div className="mx-auto flex min-h-0 w-full max-w-[792px] flex-1 flex-col justify-end gap-4 overflow-y-auto px-4 py-6 sm:px-6">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="text-lg font-semibold">{agent.name}</h2>
        <Badge>{agent.modelLabel}</Badge>
      </div>
      {agent.introduction === null && agent.description === null ? null : (
        <p className="max-w-[68ch] text-md text-fg-2">{agent.introduction ?? agent.description}</p>
      )}
      {agent.scripted ? (
        <p className="max-w-[68ch] text-fg-2">
          Answers come from a scripted model, not a language model; everything else here is real. Connect a
          provider under Models to use a language model.
        </p>
      ) : null}
      {agent.quickPrompts.length === 0 || !takesText ? null : (
        <ul aria-label="Questions to start from" className="grid gap-2 sm:grid-cols-2">
          {agent.quickPrompts.map((prompt) => (
            <li key={prompt}>
              <button
                type="button"
                onClick={() => onPrompt(prompt)}
                className="flex min-h-11 w-full items-center rounded-lg border border-line bg-raised px-3 py-2 text-left text-fg-2 shadow-1 hover:border-line-2 hover:bg-hover hover:text-fg"
              >
                {prompt}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
