import type { JournalEvent } from "#lib/core/journal.ts";

const MAX_CHARACTERS = 8_000;

function bodyText(event: JournalEvent): string {
  const text = JSON.stringify(event.body, null, 2);
  return text.length > MAX_CHARACTERS
    ? `${text.slice(0, MAX_CHARACTERS)}\n… ${text.length - MAX_CHARACTERS} more characters`
    : text;
}

/** The journal of a run row by row, under the wire's names. */
export function RawEvents({ events }: { events: readonly JournalEvent[] }) {
  const startMs = events[0]?.createdAtMs ?? 0;
  return (
    <ol aria-label="Raw events" className="divide-y divide-line">
      {events.map((event) => (
        <li key={event.index}>
          <details>
            <summary className="flex min-h-11 items-center gap-3 hover:bg-hover sm:min-h-8.5">
              <span className="w-16 shrink-0 text-right text-sm text-fg-3 tabular-nums">
                {event.index === event.lastIndex ? `#${event.index}` : `#${event.index}-${event.lastIndex}`}
              </span>
              <span className="mono min-w-0 flex-1 truncate">{event.body.type}</span>
              <span className="text-sm text-fg-3 tabular-nums">
                {((event.createdAtMs - startMs) / 1_000).toFixed(3)} s
              </span>
            </summary>
            <pre className="mono mb-3 max-h-100 overflow-auto rounded-md border border-line bg-sunken px-3 py-2 whitespace-pre-wrap [overflow-wrap:anywhere]">
              {bodyText(event)}
            </pre>
          </details>
        </li>
      ))}
    </ol>
  );
}
