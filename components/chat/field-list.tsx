import type { JsonObject, JsonValue } from "#lib/core/json.ts";
import { fieldTitle, propertyOf } from "./field-title.ts";
import { LongText } from "#components/requirements/long-text.tsx";

interface FieldListProps {
  value: JsonObject;
  /** Names the fields; without it they go by their keys. */
  schema: JsonObject | null;
}

/** A JSON object as a person reads it: names and values, what is nested indented below its name. */
export function FieldList({ value, schema }: FieldListProps) {
  const entries = Object.entries(value);
  if (entries.length === 0) return <p className="text-fg-3">No fields</p>;
  return (
    <dl className="flex max-w-[68ch] flex-col gap-2 text-md">
      {entries.map(([key, entry]) => {
        const property = propertyOf(schema, key);
        return (
          <div
            key={key}
            className={isNested(entry) ? "" : "grid gap-x-4 sm:grid-cols-[minmax(96px,168px)_minmax(0,1fr)]"}
          >
            <dt className="truncate text-fg-3" title={key}>
              {fieldTitle(key, property)}
            </dt>
            <dd className={isNested(entry) ? "mt-1 border-l border-line pl-3" : "min-w-0"}>
              <FieldValue value={entry} schema={property} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function FieldValue({ value, schema }: { value: JsonValue; schema: JsonObject | null }) {
  if (value === null || value === "") return <span className="text-fg-3">None</span>;
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "number") return <span className="tabular-nums">{value}</span>;
  if (typeof value === "string") return <p className="break-words whitespace-pre-wrap">{value}</p>;
  if (!Array.isArray(value)) return <FieldList value={value} schema={schema} />;
  if (value.length === 0) return <span className="text-fg-3">None</span>;
  const items = propertyOf(schema, null);
  return (
    <ul className={value.some(isNested) ? "flex flex-col gap-3" : "list-disc pl-4 marker:text-fg-3"}>
      {value.map((item, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the items of a value have no other name.
        <li key={index} className="min-w-0">
          {Array.isArray(item) ? (
            <LongText text={JSON.stringify(item)} />
          ) : (
            <FieldValue value={item} schema={items} />
          )}
        </li>
      ))}
    </ul>
  );
}

function isNested(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some(isNested);
  return typeof value === "object" && value !== null;
}
