const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

interface Field {
  lowest: number;
  highest: number;
  /** Names that may stand for numbers, the first for `lowest`. */
  names: readonly string[];
}

const FIELDS: readonly Field[] = [
  { lowest: 0, highest: 59, names: [] },
  { lowest: 0, highest: 23, names: [] },
  { lowest: 1, highest: 31, names: [] },
  { lowest: 1, highest: 12, names: MONTHS },
  { lowest: 0, highest: 6, names: WEEKDAYS },
];

const NICKNAME = /^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)$/i;

/**
 * Writes a cron expression of five fields (or a nickname such as @daily) as our cron library reads it. AgentOS servers
 * accept more spellings than it does: a range over the end (`FRI-MON`), a step from a number (`5/10`) and `L5` for the
 * last Friday. Null when it is no such expression; whether the values make sense is the library's to say.
 */
export function cronPattern(expression: string): string | null {
  const trimmed = expression.trim();
  if (NICKNAME.test(trimmed)) return trimmed.toLowerCase();
  const fields = trimmed.toUpperCase().split(/\s+/);
  if (fields.length !== FIELDS.length || !fields.every((text) => /^[0-9A-Z*?,\-/#]+$/.test(text)))
    return null;
  return fields
    .map((text, position) => {
      const field = FIELDS[position];
      return field === undefined
        ? text
        : text
            .split(",")
            .map((part) => rewritten(part, field))
            .join(",");
    })
    .join(" ");
}

function rewritten(part: string, field: Field): string {
  const lastWeekday = field.names === WEEKDAYS ? /^L([0-7])$/.exec(part) : null;
  if (lastWeekday !== null) return `${lastWeekday[1] ?? ""}#L`;
  const fromNumber = /^(\d+)\/(\d+)$/.exec(part);
  if (fromNumber !== null) return `${fromNumber[1] ?? ""}-${field.highest}/${fromNumber[2] ?? ""}`;
  return overTheEnd(part, field) ?? part;
}

/** The values of a range whose first is larger than its last: up to the field's end and on from its beginning. */
function overTheEnd(part: string, field: Field): string | null {
  const range = /^([0-9A-Z]+)-([0-9A-Z]+)(?:\/(\d+))?$/.exec(part);
  if (range === null) return null;
  const first = valueOf(range[1] ?? "", field);
  const last = valueOf(range[2] ?? "", field);
  const step = Number(range[3] ?? 1);
  if (first === null || last === null || first <= last || step < 1) return null;
  const span = field.highest - field.lowest + 1;
  const values: number[] = [];
  for (let value = first; value <= last + span; value += step)
    values.push(value > field.highest ? value - span : value);
  return values.join(",");
}

function valueOf(text: string, field: Field): number | null {
  if (/^\d+$/.test(text)) {
    const value = Number(text);
    return value >= field.lowest && value <= field.highest ? value : null;
  }
  const position = field.names.indexOf(text);
  return position === -1 ? null : position + field.lowest;
}
