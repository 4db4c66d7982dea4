import { decodeJwt } from "jose";
import type { Profile } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";

interface Claims extends Profile {
  email_verified?: boolean;
}

/**
 * Sign-in by any OpenID Connect provider, found by its issuer, for next-auth. An e-mail address that the provider says
 * is not verified does not count.
 */
export function oidcProvider(
  credentials: { clientId: string; clientSecret: string },
  { issuer, name }: { issuer: string; name: string },
): OAuthConfig<Claims> {
  return {
    ...credentials,
    id: "oidc",
    name,
    type: "oauth",
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    userinfo: {
      async request({ client, tokens }) {
        // Already verified, as what the token endpoint answered.
        const claims = decodeJwt<Claims>(tokens.id_token ?? "");
        const hasMore = client.issuer.metadata.userinfo_endpoint !== undefined;
        // Many a provider says no more in the ID token than who somebody is.
        if (claims.email !== undefined || !hasMore) return claims;
        const more = await client.userinfo<Claims>(tokens.access_token ?? "");
        if (more.sub !== claims.sub)
          throw new Error("The provider described somebody else than who signed in.");
        return { ...claims, ...more };
      },
    },
    profile: ({ sub, name: fullName, email, email_verified: isVerified }) => ({
      // A subject is one only together with its issuer.
      id: `${issuer} ${sub ?? ""}`,
      name: fullName ?? null,
      email: isVerified === false ? null : (email ?? null),
    }),
  };
}
