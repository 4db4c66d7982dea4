import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy } from "#lib/server/content-security-policy.ts";

const isDevelopment = process.env.NODE_ENV === "development";

/** Gives each page its content security policy; Next puts the policy's nonce on its own scripts. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, isDevelopment);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** Pages only: the API and the build's files have no scripts to allow, and a proxy would cut their bodies. */
export const config = { matcher: [{ source: "/((?!api/|api$|_next/).*)" }] };
