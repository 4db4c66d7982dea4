import type { NextAuthOptions } from "next-auth";
import { authOptions } from "#lib/auth/auth-options.ts";
import { setNextAuthOrigin } from "#lib/env.ts";
import { log } from "./log.ts";

const CALLBACK_COOKIE = /(?:^|; *)(?:__Secure-)?next-auth\.callback-url=([^;]*)/;

/** Answers a request to next-auth's routes: `handle` calls next-auth with the options that belong to the request. */
export async function answerAuth(
  request: Request,
  handle: (options: NextAuthOptions) => Promise<Response>,
): Promise<Response> {
  setNextAuthOrigin();
  const { headers } = request;
  const callback = CALLBACK_COOKIE.exec(headers.get("cookie") ?? "")?.[1];
  return handle(
    authOptions({
      headers,
      callbackUrl: callback === undefined ? null : decodeOr(callback),
      log: (message, facts) => log("error", message, facts),
    }),
  );
}

function decodeOr(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
