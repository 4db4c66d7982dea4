import { cn } from "#components/ui/class-names.ts";
import type { JsonObject } from "#lib/core/json.ts";
import { type ArgumentChange, argumentChanges } from "./argument-changes.ts";
import { ChangedText } from "./changed-text.tsx";
import { LongText } from "./long-text.tsx";

interface ArgumentListProps {
  /** The call's arguments, and what a person has made of them; the same for none. */
  before: JsonObject;
  after: JsonObject;
  /** Whose the changed ones are. */
  whose: string;
}

const rowStyle =
  "grid grid-cols-1 border-t border-line first:border-t-0 sm:grid-cols-[minmax(96px,124px)_minmax(0,1fr)]";

/** A call's arguments by name; what a person has changed as two lines, proposed and theirs. */
export function ArgumentList({ before, after, whose }: ArgumentListProps) {
  const changes = argumentChanges(before, after);
  if (changes.length === 0) return <p className="px-3.5 py-2 text-fg-3">No arguments</p>;
  return (
    <dl>
      {changes.map((change) => (
        <div key={change.name} className={rowStyle}>
          <dt
            className={cn(
              "truncate px-3.5 pt-2 font-mono text-sm leading-5 sm:py-2",
              change.changed ? "text-fg" : "text-fg-3",
            )}
            title={change.name}
          >
            {change.name}
          </dt>
          <dd className="min-w-0">
            {change.changed ? (
              <Changed change={change} whose={whose} />
            ) : (
              <div className="px-3.5 pt-0.5 pb-2 sm:pt-2">
                <LongText text={change.after ?? ""} />
              </div>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Changed({ change, whose }: { change: ArgumentChange; whose: string }) {
  const { before, after } = change;
  return (
    <>
      <Line side="before" word="proposed" text={before}>
        <ChangedText before={before ?? ""} after={after ?? ""} side="before" />
      </Line>
      <Line side="after" word={whose} text={after}>
        <ChangedText before={before ?? ""} after={after ?? ""} side="after" />
      </Line>
    </>
  );
}

interface LineProps {
  side: "before" | "after";
  word: string;
  text: string | null;
  children: React.ReactNode;
}

function Line({ side, word, text, children }: LineProps) {
  const isBefore = side === "before";
  return (
    <p
      className={cn(
        "grid grid-cols-[12px_minmax(0,1fr)_max-content] items-baseline gap-x-2 px-3.5 py-1.5",
        isBefore ? "bg-failed-soft text-failed-text" : "bg-ok-soft text-fg",
      )}
    >
      <span aria-hidden className={cn("font-mono text-sm", isBefore ? "" : "text-ok-text")}>
        {isBefore ? "−" : "+"}
      </span>
      <span className="font-mono text-sm leading-5 break-words whitespace-pre-wrap">
        {text === null ? <span className="font-sans italic">left out</span> : children}
      </span>
      <span className="text-sm text-fg-2">{word}</span>
    </p>
  );
}
