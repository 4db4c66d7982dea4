import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { answerAuth } from "#lib/server/answer-auth.ts";

/** Sign-in by other providers, sign-out and the tokens against forged forms: next-auth's own routes. */
const handler = (request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) =>
  answerAuth(request, (options) => NextAuth(request as never, context as never, options));

export { handler as GET, handler as POST };
