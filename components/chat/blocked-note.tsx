import { ShieldAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { RunView } from "#lib/core/run-view.ts";

interface BlockedNoteProps {
  blocked: NonNullable<RunView["blocked"]>;
  /** What was found, never the thing itself, and what to do. */
  sentence: string;
  action?: ReactNode;
}

/** Says calmly that a check has stopped a run: nothing is broken. */
export function BlockedNote({ blocked, sentence, action }: BlockedNoteProps) {
  const title =
    blocked.phase === "input" ? "This message was not let through" : "This answer was not let through";
  return (
    <section
      aria-label={title}
      className="flex max-w-[68ch] items-start gap-2.5 rounded-lg border border-line bg-sunken px-3.5 py-2.5"
    >
      <ShieldAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-fg-3" />
      <div className="flex min-w-0 flex-col gap-1.5">
        <p className="font-medium">{title}</p>
        <p className="text-fg-2 [overflow-wrap:anywhere]">{sentence}</p>
        {action === undefined ? null : <div>{action}</div>}
      </div>
    </section>
  );
}
