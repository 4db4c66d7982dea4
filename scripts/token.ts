import { jwtKey } from "#lib/auth/jwt-key.ts";
import { signJwt } from "#lib/auth/sign-jwt.ts";
import { environment } from "#lib/env.ts";
import { TOKEN_USAGE, tokenOptions } from "./token/token-options.ts";

// `npm run --silent token`: prints a token for the API, and nothing else, on standard output.

try {
  const { subject, scopes, lifetimeSeconds, dataDirectory } = tokenOptions(process.argv.slice(2));
  if (dataDirectory !== undefined) process.env.GATEHOUSE_DATA = dataDirectory;
  const key = await jwtKey();
  if (key.algorithm !== "HS256") {
    throw new Error(
      "JWT_VERIFICATION_KEY is a public key, which cannot sign. Get the token from whoever holds the private key.",
    );
  }
  const audience = environment().AGENTOS_ID;
  console.log(await signJwt({ subject, scopes, audience, lifetimeSeconds }, key));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  console.error(TOKEN_USAGE);
  process.exitCode = 1;
}
