import GitHub, { type GithubEmail, type GithubProfile } from "next-auth/providers/github";
import type { OAuthConfig } from "next-auth/providers/oauth";

const GITHUB = "https://github.com";
/** How long the question for somebody's e-mail addresses may take. */
const EMAILS_TIMEOUT_MS = 10_000;

/**
 * Sign-in by GitHub, or by the GitHub Enterprise server at `url`, for next-auth. Only an address that GitHub has
 * verified counts as somebody's e-mail.
 */
export function githubProvider(
  credentials: { clientId: string; clientSecret: string },
  url: string = GITHUB,
): OAuthConfig<GithubProfile> {
  const api = apiOf(url);
  return GitHub({
    ...credentials,
    issuer: `${url}/login/oauth`,
    authorization: `${url}/login/oauth/authorize?scope=read:user+user:email`,
    token: `${url}/login/oauth/access_token`,
    userinfo: {
      url: `${api}/user`,
      async request({ client, tokens }) {
        const profile = await client.userinfo<GithubProfile>(tokens.access_token ?? "");
        // The one in the profile is public, which GitHub allows for a verified one only.
        return { ...profile, email: profile.email ?? (await verifiedEmail(api, tokens.access_token)) };
      },
    },
    checks: ["pkce", "state"],
    profile: ({ id, name, login, email }) => ({
      // Numbers of different servers must not be taken for one person's.
      id: url === GITHUB ? String(id) : `${url} ${id}`,
      name: name ?? login,
      email,
    }),
  });
}

function apiOf(url: string): string {
  const { protocol, host } = new URL(url);
  const hasApiHost = url === GITHUB || host.endsWith(".ghe.com");
  return hasApiHost ? `${protocol}//api.${host}` : `${url}/api/v3`;
}

/** The primary one of somebody's verified addresses, else any of them, else undefined. */
async function verifiedEmail(api: string, accessToken: string | undefined): Promise<string | undefined> {
  const response = await fetch(`${api}/user/emails`, {
    headers: { authorization: `Bearer ${accessToken ?? ""}`, accept: "application/vnd.github+json" },
    signal: AbortSignal.timeout(EMAILS_TIMEOUT_MS),
  });
  if (!response.ok) return undefined;
  const emails = ((await response.json()) as GithubEmail[]).filter(({ verified }) => verified);
  return (emails.find(({ primary }) => primary) ?? emails[0])?.email;
}
