import type { Contract } from "#lib/api/contract.ts";

/** What the API knows about a path: its methods in the order of a response's Allow header; null where it has none. */
export type ApiMatcher = (path: string) => readonly string[] | null;

/**
 * Makes the function that finds the methods of an API path (without `/api`), from the list of contracts.
 * Next has no route table to ask and would answer an unknown path with a page.
 */
export function matchApiRoute(contracts: readonly Pick<Contract, "method" | "path">[]): ApiMatcher {
  const bySegmentCount = new Map<number, Map<string, { segments: string[]; methods: Set<string> }>>();
  for (const { method, path } of contracts) {
    const segments = split(path);
    const shape = segments.map((segment) => (isParameter(segment) ? "{}" : segment)).join("/");
    const sameCount = getOrMake(bySegmentCount, segments.length, () => new Map());
    const route = getOrMake(sameCount, shape, () => ({ segments, methods: new Set<string>() }));
    route.methods.add(method);
    if (method === "GET") route.methods.add("HEAD");
    route.methods.add("OPTIONS");
  }
  return (path) => {
    const segments = split(path);
    let best: { literals: number; methods: Set<string> } | null = null;
    for (const route of bySegmentCount.get(segments.length)?.values() ?? []) {
      const literals = literalMatches(route.segments, segments);
      if (literals !== null && (best === null || literals > best.literals)) {
        best = { literals, methods: route.methods };
      }
    }
    return best === null ? null : [...best.methods].sort();
  };
}

/** Next prefers the route with more literal segments, so its methods are the ones that count. */
function literalMatches(pattern: string[], segments: string[]): number | null {
  let literals = 0;
  for (const [position, expected] of pattern.entries()) {
    const actual = segments[position] ?? "";
    if (isParameter(expected)) {
      if (actual === "") return null;
    } else if (expected === actual) literals += 1;
    else return null;
  }
  return literals;
}

function split(path: string): string[] {
  return path === "/" || path === "" ? [] : path.slice(1).split("/");
}

function isParameter(segment: string): boolean {
  return segment.startsWith("{") && segment.endsWith("}");
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const existing = map.get(key);
  if (existing !== undefined) return existing;
  const made = make();
  map.set(key, made);
  return made;
}
