const maxTargetLength = 8192;
const dotSegment = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i;

/**
 * Why a request target is refused before anything routes on it, or null when it is sound.
 * What one layer would read differently from the next (dot segments, backslashes, `//host`) is refused, not repaired.
 */
export function malformedTarget(target: string): { status: 400 | 414; detail: string } | null {
  if (target.length > maxTargetLength) {
    return { status: 414, detail: `The URL is longer than ${maxTargetLength} characters` };
  }
  if (!target.startsWith("/")) return refuse("must be a path");
  const queryStart = target.indexOf("?");
  const path = queryStart === -1 ? target : target.slice(0, queryStart);
  if (path.startsWith("//")) return refuse("must not begin with two slashes");
  // Session ids are the client's, so that an encoded one may stand in the API's paths, which we split ourselves.
  if (path.includes("\\") || (!path.startsWith("/api/") && /%5c/i.test(path))) {
    return refuse("must not contain a backslash");
  }
  if (target.includes("#")) return refuse("must not contain a fragment");
  if (dotSegment.test(path)) return refuse("must not contain dot segments");
  if (target.includes("%") && !isDecodable(target)) return refuse("has a broken percent-encoding");
  return null;
}

function refuse(reason: string): { status: 400; detail: string } {
  return { status: 400, detail: `The URL ${reason}` };
}

function isDecodable(target: string): boolean {
  try {
    decodeURIComponent(target);
    return true;
  } catch {
    return false;
  }
}
