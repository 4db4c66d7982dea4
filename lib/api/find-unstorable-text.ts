/** Deepest nesting of JSON that a request may carry. */
const MAX_DEPTH = 64;
/** Most values (of any kind, at any depth) that one request may carry. */
const MAX_VALUES = 100_000;

type Path = (string | number)[];

interface Fault {
  type: string;
  msg: string;
}

interface Frame {
  container: Record<string, unknown> | unknown[];
  keys: string[] | null;
  index: number;
}

/**
 * Looks for what no column of the database can hold, anywhere in a value, keys included: the NUL character and lone
 * surrogates; and for JSON that is built to exhaust us: nesting deeper than 64 levels, more than 100,000 values.
 * Returns the first finding, or null. Walks with its own stack, so no input can overflow the process's.
 */
export function findUnstorableText(root: unknown): (Fault & { path: Path }) | null {
  const stack: Frame[] = [];
  let count = 0;
  const enter = (value: unknown): Fault | null => {
    count += 1;
    if (count > MAX_VALUES) {
      return { type: "too_long", msg: `Input should hold at most ${MAX_VALUES.toLocaleString("en")} values` };
    }
    if (typeof value === "string") return faultOfText(value);
    if (typeof value !== "object" || value === null) return null;
    if (stack.length >= MAX_DEPTH) {
      return { type: "too_long", msg: `Input should not be nested deeper than ${MAX_DEPTH} levels` };
    }
    if (Array.isArray(value)) stack.push({ container: value, keys: null, index: 0 });
    else {
      stack.push({ container: value as Record<string, unknown>, keys: Object.keys(value), index: 0 });
    }
    return null;
  };

  const first = enter(root);
  if (first !== null) return { ...first, path: [] };
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const { container, keys } = frame;
    const key = keys === null ? frame.index : keys[frame.index];
    if (key === undefined || (Array.isArray(container) && frame.index >= container.length)) {
      stack.pop();
      continue;
    }
    frame.index += 1;
    const keyFault = typeof key === "string" ? faultOfText(key) : null;
    if (keyFault !== null) return { ...keyFault, path: pathOf(stack.slice(0, -1)) };
    const depth = stack.length;
    const fault = enter((container as Record<string | number, unknown>)[key]);
    if (fault !== null) return { ...fault, path: pathOf(stack.slice(0, depth)) };
  }
  return null;
}

function pathOf(frames: Frame[]): Path {
  return frames.map(({ keys, index }) => keys?.[index - 1] ?? index - 1).slice(0, 8);
}

function faultOfText(text: string): Fault | null {
  if (text.includes("\0")) {
    return { type: "value_error", msg: "Text must not contain the NUL character (U+0000)" };
  }
  if (!text.isWellFormed()) {
    return { type: "string_unicode", msg: "Text must be valid Unicode; it holds half of a surrogate pair" };
  }
  return null;
}
