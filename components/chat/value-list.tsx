import { LongText } from "#components/requirements/long-text.tsx";

/** Shows a JSON value as key and value; long values are cut at six lines with a way to see all. */
export function ValueList({ value }: { value: unknown }) {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return <LongText text={textOf(value)} />;
  const entries = Object.entries(value);
  if (entries.length === 0) return <p className="text-fg-3">None</p>;
  return (
    <dl className="grid grid-cols-[minmax(64px,max-content)_minmax(0,1fr)] gap-x-4 gap-y-1 font-mono text-sm leading-5">
      {entries.map(([key, entry]) => (
        <div key={key} className="contents">
          <dt className="max-w-40 truncate text-fg-3" title={key}>
            {key}
          </dt>
          <dd className="min-w-0">
            <LongText text={textOf(entry)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
