import type { NextAuthOptions } from "next-auth";
import Google from "next-auth/providers/google";
import { environment } from "#lib/env.ts";
import { githubProvider } from "./github-provider.ts";
import { oidcProvider } from "./oidc-provider.ts";

/** A way to sign in other than by password. */
export interface OAuthProvider {
  id: "github" | "google" | "oidc";
  name: string;
}

type NextAuthProvider = NextAuthOptions["providers"][number];

/** The providers whose client id and secret are both set. */
export function oauthProviders(): OAuthProvider[] {
  return configured().map(({ id, name }) => ({ id, name }));
}

/** The same as next-auth wants them. */
export function nextAuthProviders(): NextAuthProvider[] {
  return configured().map(({ provider }) => provider);
}

function configured(): (OAuthProvider & { provider: NextAuthProvider })[] {
  const settings = environment();
  const providers: (OAuthProvider & { provider: NextAuthProvider })[] = [];
  const github = credentials(settings.GITHUB_CLIENT_ID, settings.GITHUB_CLIENT_SECRET);
  if (github !== null) {
    providers.push({ id: "github", name: "GitHub", provider: githubProvider(github, settings.GITHUB_URL) });
  }
  const google = credentials(settings.GOOGLE_CLIENT_ID, settings.GOOGLE_CLIENT_SECRET);
  if (google !== null) providers.push({ id: "google", name: "Google", provider: Google(google) });
  const oidc = credentials(settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET);
  if (oidc !== null && settings.OIDC_ISSUER !== undefined) {
    const name = settings.OIDC_NAME;
    providers.push({
      id: "oidc",
      name,
      provider: oidcProvider(oidc, { issuer: settings.OIDC_ISSUER, name }),
    });
  }
  return providers;
}

function credentials(
  clientId: string | undefined,
  clientSecret: string | undefined,
): { clientId: string; clientSecret: string } | null {
  return clientId === undefined || clientSecret === undefined ? null : { clientId, clientSecret };
}
