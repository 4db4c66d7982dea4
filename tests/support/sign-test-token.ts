import { SignJWT } from "jose";

/** The HS256 key that tests give to the server as JWT_VERIFICATION_KEY. */
export const TEST_JWT_KEY = "a-key-for-tests-only-0123456789abcdef0123456789abcdef";

/** What a test wants its token to say. */
interface TestClaims {
  sub?: string;
  scopes?: string[];
  session_id?: string;
  audience?: string;
  expiresInS?: number;
}

/** Signs a token as an identity provider would, with the test key. */
export function signTestToken(claims: TestClaims): Promise<string> {
  return new SignJWT({
    scopes: claims.scopes ?? ["agent_os:admin"],
    ...(claims.session_id === undefined ? {} : { session_id: claims.session_id }),
  })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuedAt()
    .setAudience(claims.audience ?? "gatehouse")
    .setExpirationTime(Math.floor(Date.now() / 1_000) + (claims.expiresInS ?? 3_600))
    .setSubject(claims.sub ?? "tester")
    .sign(new TextEncoder().encode(TEST_JWT_KEY));
}
