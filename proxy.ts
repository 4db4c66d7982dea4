import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { PATH_HEADER } from "#lib/core/path-header.ts";
import { contentSecurityPolicy } from "#lib/server/content-security-policy.ts";

const isDevelopment = process.env.NODE_ENV === "development";

/** What is handed out as a file brings a stricter policy of its own. */
const DOWNLOAD = /^\/o\/[^/]+\/runs\/[^/]+\/attachments\//;

/**
 * Gives each page its content security policy (Next puts the policy's nonce on its own scripts) and tells it its own
 * address, so that a sign-in can lead back to it.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, isDevelopment);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set(PATH_HEADER, pagePath(request.nextUrl));
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  if (!DOWNLOAD.test(request.nextUrl.pathname)) response.headers.set("content-security-policy", policy);
  return response;
}

/** The page's own address, without what Next's router adds to fetch a part of it. */
function pagePath({ pathname, searchParams }: URL): string {
  const query = new URLSearchParams(searchParams);
  query.delete("_rsc");
  return query.size === 0 ? pathname : `${pathname}?${query.toString()}`;
}

/** Pages only: the API and the build's files have no scripts to allow, and a proxy would cut their bodies. */
export const config = { matcher: [{ source: "/((?!api/|api$|_next/).*)" }] };
