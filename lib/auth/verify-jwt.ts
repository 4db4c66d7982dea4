import { errors, type JWTPayload, jwtVerify } from "jose";
import { z } from "zod";
import { AppError } from "#lib/core/app-error.ts";
import { ADMIN_SCOPE } from "#lib/core/principal.ts";
import type { JwtKey } from "./jwt-key.ts";

const LEEWAY_SECONDS = 10;

/** The claims that we read; a plain string of scopes is one scope, as on the wire. */
const identifier = z
  .string()
  .min(1)
  .refine((text) => !/\p{Cc}/u.test(text) && text.isWellFormed());
const claimsSchema = z.object({
  sub: identifier.max(256).optional(),
  scopes: z
    .union([z.array(z.string()), z.string().transform((one) => [one])])
    .nullish()
    .transform((value) => value ?? []),
  session_id: identifier.max(128).nullish(),
});

/** What a verified token says. */
export interface JwtClaims {
  subject: string | null;
  scopes: readonly string[];
  sessionId: string | null;
}

/**
 * Verifies a token's signature (by the key's own algorithm only), times (10 s of leeway), audience and subject.
 * Throws AppError `unauthenticated` with the wire's sentence; the sentence never holds anything of the token.
 */
export async function verifyJwt(
  token: string,
  jwtKey: JwtKey,
  audience: string,
  now: Date = new Date(),
): Promise<JwtClaims> {
  const payload = await verifiedPayload(token, jwtKey, audience, now);
  // The library looks at this claim only when a maximal age is asked for.
  if (payload.iat !== undefined && payload.iat > now.getTime() / 1_000 + LEEWAY_SECONDS) {
    throw invalid("The token is not yet valid (iat)");
  }
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) throw invalid(`The claim "${String(claims.error.issues[0]?.path[0])}" is malformed`);
  const { sub, scopes, session_id } = claims.data;
  if (sub !== undefined && isReserved(sub)) throw unauthenticated("Invalid token subject");
  if (sub === undefined && !scopes.includes(ADMIN_SCOPE)) throw invalid('Token is missing the "sub" claim');
  return { subject: sub ?? null, scopes, sessionId: session_id ?? null };
}

async function verifiedPayload(
  token: string,
  { algorithm, key }: JwtKey,
  audience: string,
  now: Date,
): Promise<JWTPayload> {
  try {
    const options = {
      algorithms: [algorithm],
      audience,
      clockTolerance: LEEWAY_SECONDS,
      currentDate: now,
    };
    return (await jwtVerify(token, key, options)).payload;
  } catch (error) {
    throw refusal(error);
  }
}

/** Subjects that only parts of the system itself carry. */
function isReserved(subject: string): boolean {
  return subject === "__scheduler__" || subject.startsWith("sa:") || subject.startsWith("__oauth__:");
}

function refusal(error: unknown): AppError {
  if (error instanceof errors.JWTExpired) return unauthenticated("Token has expired");
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.reason === "missing") return invalid(`Token is missing the "${error.claim}" claim`);
    if (error.claim === "aud") {
      return unauthenticated("Invalid token audience - token not valid for this AgentOS instance");
    }
    return invalid(
      error.claim === "nbf" ? "The token is not yet valid (nbf)" : `The claim "${error.claim}" is malformed`,
    );
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return invalid("The specified alg value is not allowed");
  if (error instanceof errors.JWSSignatureVerificationFailed) return invalid("Signature verification failed");
  return invalid("It is not a signed token");
}

function invalid(why: string): AppError {
  return unauthenticated(`Invalid token: ${why}`);
}

function unauthenticated(sentence: string): AppError {
  return new AppError("unauthenticated", sentence);
}
