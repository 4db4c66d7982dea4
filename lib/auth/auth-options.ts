import type { NextAuthOptions } from "next-auth";
import type { JWT } from "next-auth/jwt";
import { AppError } from "#lib/core/app-error.ts";
import { revokeAuthSessions } from "#lib/db/auth-sessions.ts";
import { dataSecret } from "#lib/db/encryption-key.ts";
import { findLinkedUserId } from "#lib/db/linked-accounts.ts";
import { clientAddress } from "./client-address.ts";
import { liveSignIn } from "./live-sign-in.ts";
import { nextAuthProviders } from "./oauth-providers.ts";
import { openSignIn } from "./open-sign-in.ts";
import { resolveLinkedAccount } from "./resolve-linked-account.ts";
import { safePath } from "./safe-path.ts";
import { readSessionCookie, sessionCookie } from "./session-cookie.ts";
import { encodeSessionToken, SIGN_IN_SECONDS, type SessionToken } from "./session-token.ts";
import { verifyCredentials } from "./verify-credentials.ts";

interface AuthRequest {
  headers: Headers;
  /** Where the sign-in leads afterwards, from next-auth's own cookie. */
  callbackUrl: string | null;
  log(message: string, facts: Record<string, unknown>): void;
}

/**
 * The options of next-auth for one request. The cookie is our own signed token: each use asks the row of the sign-in,
 * so a sign-in can be revoked; a sign-in by password and one by another provider make the same cookie.
 */
export function authOptions(request: AuthRequest): NextAuthOptions {
  const { headers } = request;
  const { name, options } = sessionCookie();
  const userAgent = headers.get("user-agent");
  const current = async () => {
    const value = readSessionCookie(headers.get("cookie"));
    return value === null ? null : liveSignIn(value);
  };
  const signInFor = async (userId: string): Promise<JWT> => {
    const already = await current();
    return toJwt(already?.userId === userId ? already : await openSignIn(userId, userAgent));
  };
  return {
    secret: dataSecret("next-auth-state").toString("hex"),
    useSecureCookies: options.secure,
    cookies: { sessionToken: { name, options } },
    session: { strategy: "jwt", maxAge: SIGN_IN_SECONDS },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in", newUser: "/" },
    providers: [
      {
        id: "credentials",
        name: "Password",
        type: "credentials",
        credentials: { email: {}, password: {} },
        authorize: async (given) => {
          const credentials = { email: String(given?.email ?? ""), password: String(given?.password ?? "") };
          const user = await orSayLittle(verifyCredentials(credentials, clientAddress(headers)), request);
          return { id: user.id, name: user.name, email: user.email };
        },
      },
      ...nextAuthProviders(),
    ],
    jwt: {
      encode: ({ token }) => encodeSessionToken(fromJwt(token ?? {})),
      decode: async ({ token }) => {
        const signIn = token === undefined ? null : await liveSignIn(token);
        return signIn === null ? null : toJwt(signIn);
      },
    },
    callbacks: {
      signIn: async ({ user, account }) => {
        if (account?.type !== "oauth") return true;
        const resolving = resolveLinkedAccount(
          {
            provider: account.provider,
            providerAccountId: account.providerAccountId,
            email: user.email ?? null,
            name: user.name ?? null,
          },
          {
            signedInUserId: (await current())?.userId ?? null,
            invitationSecret: invitationSecretOf(request.callbackUrl),
            headers,
          },
        );
        const refusal = await orSayLittle(resolving, request);
        return refusal === null ? true : `/sign-in?error=${refusal}`;
      },
      jwt: async ({ token, user, account, trigger }) => {
        if (trigger !== "signIn" && trigger !== "signUp") return token;
        const userId = account?.type === "oauth" ? await findLinkedUserId(account) : user.id;
        if (userId === null) throw new Error("A sign-in was let through without a user");
        return signInFor(userId);
      },
      // Our pages read who is signed in from the rows; this answer says only that somebody is.
      session: ({ session }) => ({ expires: session.expires }),
      redirect: async ({ url, baseUrl }) =>
        safePath(url.startsWith(baseUrl) ? url.slice(baseUrl.length) : url),
    },
    events: {
      signOut: async ({ token }) => {
        const { userId, authSessionId } = fromJwt(token ?? {});
        await revokeAuthSessions(userId, { only: authSessionId });
      },
    },
    logger: {
      error: (code, metadata) => {
        // A revoked or expired cookie is the everyday case, not a fault.
        if (code !== "JWT_SESSION_ERROR") request.log("The sign-in failed.", { code, metadata });
      },
      warn: () => {},
      debug: () => {},
    },
  };
}

/** next-auth puts an error's message into an address, so only our own sentences may be one. */
async function orSayLittle<T>(work: Promise<T>, request: AuthRequest): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError) throw error;
    request.log("The sign-in failed.", { error });
    throw new Error("Callback");
  }
}

function toJwt({ userId, authSessionId }: SessionToken): JWT {
  return { sub: userId, sid: authSessionId };
}

function fromJwt(token: JWT): SessionToken {
  const { sub = "", sid } = token;
  return { userId: sub, authSessionId: typeof sid === "string" ? sid : "" };
}

function invitationSecretOf(callbackUrl: string | null): string | null {
  return /\/invitations\/([\w-]+)$/.exec(callbackUrl ?? "")?.[1] ?? null;
}
