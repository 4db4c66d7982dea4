/**
 * Compares a request's path with a contract's (`/agents/{agent_id}`), both without `/api`; a trailing slash does not
 * count. Returns the decoded parameters, null when the path is another one, or "malformed" when a segment holds a
 * broken percent escape or invalid UTF-8.
 */
export function matchPath(template: string, pathname: string): Record<string, string> | null | "malformed" {
  const expected = segments(template);
  const actual = segments(pathname);
  if (expected.length !== actual.length) return null;
  const params: Record<string, string> = {};
  for (const [index, name] of expected.entries()) {
    const value = actual[index] ?? "";
    if (!name.startsWith("{")) {
      if (name !== value) return null;
      continue;
    }
    try {
      params[name.slice(1, -1)] = decodeURIComponent(value);
    } catch {
      return "malformed";
    }
  }
  return params;
}

function segments(path: string): string[] {
  return path.replace(/^\/+|\/+$/g, "").split("/");
}
