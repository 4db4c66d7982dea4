import { createHash, randomUUID } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

/** Who is signed in at the mock when a visitor comes by. */
export interface MockPerson {
  /** A number, as GitHub's are. */
  id: number;
  name: string;
  /** The public address of a profile; null leaves only what `emails` lists. */
  email: string | null;
  emails?: readonly { email: string; primary: boolean; verified: boolean }[];
}

interface Grant {
  person: MockPerson;
  clientId: string;
  redirectUri: string;
  challenge: string | null;
  nonce: string | null;
}

export interface MockIdentityProvider {
  /** The base of everything: GITHUB_URL and OIDC_ISSUER. */
  url: string;
  person: MockPerson;
  /** Lets a test change what an ID token says before it is signed. */
  idToken: Record<string, unknown>;
  /** Puts claims into the ID token, or only where the userinfo endpoint tells them. */
  hasThinIdTokens: boolean;
  /** Why the token endpoint refused a code, in order. */
  refusals: string[];
  close(): Promise<void>;
}

export const MOCK_CLIENT = { id: "the-client", secret: "the-client-secret" };

/**
 * Starts a provider on a free port that plays GitHub Enterprise (`/login/oauth/…`, `/api/v3/…`) and an OpenID Connect
 * provider. It asks nobody anything, and gives a token for a code once, to its own client, with the right verifier.
 */
export async function startMockIdentityProvider(): Promise<MockIdentityProvider> {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const publicJwk = { ...(await exportJWK(publicKey)), kid: "mock", alg: "RS256", use: "sig" };
  const grants = new Map<string, Grant>();
  const tokens = new Map<string, MockPerson>();
  const server = http.createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const provider: MockIdentityProvider = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    person: { id: 1, name: "Nobody", email: null },
    idToken: {},
    hasThinIdTokens: false,
    refusals: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const target = new URL(request.url ?? "/", provider.url);
    switch (target.pathname) {
      case "/login/oauth/authorize":
      case "/authorize":
        return authorize(target.searchParams, response);
      case "/login/oauth/access_token":
      case "/token":
        return giveToken(request, response, target.pathname === "/token");
      case "/api/v3/user": {
        const person = bearer(request);
        const { id, name, email } = person;
        return sendJson(response, { id, login: `login-${id}`, name, email, avatar_url: "" });
      }
      case "/api/v3/user/emails":
        return sendJson(response, bearer(request).emails ?? []);
      case "/.well-known/openid-configuration":
        return sendJson(response, {
          issuer: provider.url,
          authorization_endpoint: `${provider.url}/authorize`,
          token_endpoint: `${provider.url}/token`,
          userinfo_endpoint: `${provider.url}/userinfo`,
          jwks_uri: `${provider.url}/jwks`,
          response_types_supported: ["code"],
          subject_types_supported: ["public"],
          id_token_signing_alg_values_supported: ["RS256"],
        });
      case "/jwks":
        return sendJson(response, { keys: [publicJwk] });
      case "/userinfo":
        return sendJson(response, claimsOf(bearer(request)));
      default:
        response.writeHead(404).end();
    }
  }

  function authorize(query: URLSearchParams, response: http.ServerResponse): void {
    const code = randomUUID();
    const redirectUri = query.get("redirect_uri") ?? "";
    grants.set(code, {
      person: provider.person,
      clientId: query.get("client_id") ?? "",
      redirectUri,
      challenge: query.get("code_challenge_method") === "S256" ? query.get("code_challenge") : null,
      nonce: query.get("nonce"),
    });
    const back = new URL(redirectUri);
    back.searchParams.set("code", code);
    back.searchParams.set("state", query.get("state") ?? "");
    response.writeHead(302, { location: back.href }).end();
  }

  async function giveToken(
    request: http.IncomingMessage,
    response: http.ServerResponse,
    isOidc: boolean,
  ): Promise<void> {
    const form = new URLSearchParams(await readText(request));
    const code = form.get("code") ?? "";
    const grant = grants.get(code);
    grants.delete(code);
    const refusal = refusalOf(grant, form, request.headers.authorization);
    if (grant === undefined || refusal !== null) {
      provider.refusals.push(refusal ?? "unknown code");
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: "invalid_grant", error_description: refusal }));
      return;
    }
    const accessToken = randomUUID();
    tokens.set(accessToken, grant.person);
    const idToken = isOidc ? { id_token: await signIdToken(grant) } : {};
    sendJson(response, { access_token: accessToken, token_type: "bearer", scope: "read:user", ...idToken });
  }

  async function signIdToken({ person, clientId, nonce }: Grant): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    const claims = provider.hasThinIdTokens ? { sub: String(person.id) } : claimsOf(person);
    return new SignJWT({
      iss: provider.url,
      aud: clientId,
      iat: now,
      exp: now + 300,
      ...(nonce === null ? {} : { nonce }),
      ...claims,
      ...provider.idToken,
    })
      .setProtectedHeader({ alg: "RS256", kid: "mock" })
      .sign(privateKey);
  }

  function bearer(request: http.IncomingMessage): MockPerson {
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const person = tokens.get(token);
    if (person === undefined) throw new Error("An unknown token was shown.");
    return person;
  }

  return provider;
}

function claimsOf({ id, name, email, emails }: MockPerson): Record<string, unknown> {
  const isVerified = emails?.find((each) => each.email === email)?.verified ?? true;
  return { sub: String(id), name, ...(email === null ? {} : { email, email_verified: isVerified }) };
}

function refusalOf(
  grant: Grant | undefined,
  form: URLSearchParams,
  authorization: string | undefined,
): string | null {
  if (grant === undefined) return "unknown code";
  const expected = Buffer.from(`${MOCK_CLIENT.id}:${MOCK_CLIENT.secret}`).toString("base64");
  if (authorization !== `Basic ${expected}` || grant.clientId !== MOCK_CLIENT.id) return "wrong client";
  if (form.get("redirect_uri") !== grant.redirectUri) return "wrong redirect_uri";
  if (grant.challenge === null) return "no code_challenge";
  const verifier = createHash("sha256")
    .update(form.get("code_verifier") ?? "")
    .digest("base64url");
  return verifier === grant.challenge ? null : "wrong code_verifier";
}

async function readText(request: http.IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString("utf8");
}

function sendJson(response: http.ServerResponse, body: unknown): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
