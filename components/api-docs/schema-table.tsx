import type { JsonObject } from "#lib/core/json.ts";
import { schemaOutline, typeOf } from "./schema-outline.ts";

/** A schema as lines: name, type, limits. What is no object is one line of its type. */
export function SchemaTable({ schema }: { schema: JsonObject }) {
  const lines = schemaOutline(schema);
  const whole = typeOf(schema);
  const reference = typeof schema.$ref === "string" ? whole : null;
  if (lines.length === 0) {
    return (
      <p className="mono py-1 text-sm break-words text-fg-2">
        {reference === null ? whole : <SchemaLink name={reference} text={whole} />}
      </p>
    );
  }
  return (
    <ul className="divide-y divide-line">
      {lines.map(({ depth, name, required, type, note, reference: target }, index) => (
        <li
          key={`${index} ${name}`}
          className="flex flex-wrap items-baseline gap-x-3 py-1 text-sm"
          style={{ paddingLeft: `${depth * 16}px` }}
        >
          <span className="mono">
            {name}
            {required ? (
              <span className="text-accent-text">
                {" "}
                *<span className="sr-only"> required</span>
              </span>
            ) : null}
          </span>
          <span className="mono min-w-0 break-words text-fg-2">
            {target === null ? type : <SchemaLink name={target} text={type} />}
          </span>
          <span className="min-w-0 break-words text-fg-3">{note}</span>
        </li>
      ))}
    </ul>
  );
}

function SchemaLink({ name, text }: { name: string; text: string }) {
  return (
    <a className="text-accent-text underline-offset-2 hover:underline" href={`#schema-${name}`}>
      {text}
    </a>
  );
}
