import type { NextAuthOptions } from "next-auth";
import GitHub from "next-auth/providers/github";
import Google from "next-auth/providers/google";
import { environment } from "#lib/env.ts";

/** A way to sign in other than by password. */
export interface OAuthProvider {
  id: "github" | "google";
  name: string;
}

/** The providers whose client id and secret are both set. */
export function oauthProviders(): OAuthProvider[] {
  const { GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET } = environment();
  const providers: OAuthProvider[] = [];
  if (GITHUB_CLIENT_ID !== undefined && GITHUB_CLIENT_SECRET !== undefined) {
    providers.push({ id: "github", name: "GitHub" });
  }
  if (GOOGLE_CLIENT_ID !== undefined && GOOGLE_CLIENT_SECRET !== undefined) {
    providers.push({ id: "google", name: "Google" });
  }
  return providers;
}

/** The same as next-auth wants them. */
export function nextAuthProviders(): NextAuthOptions["providers"] {
  const settings = environment();
  return oauthProviders().map(({ id }) => {
    switch (id) {
      case "github":
        return GitHub({
          clientId: settings.GITHUB_CLIENT_ID ?? "",
          clientSecret: settings.GITHUB_CLIENT_SECRET ?? "",
        });
      case "google":
        return Google({
          clientId: settings.GOOGLE_CLIENT_ID ?? "",
          clientSecret: settings.GOOGLE_CLIENT_SECRET ?? "",
        });
    }
  });
}
