import path from "node:path";
import { z } from "zod";

const text = z
  .string()
  .trim()
  .optional()
  .transform((value) => (value === "" ? undefined : value));

/** A web address; `example` is one that would do. Without a slash at its end. */
function webAddress(name: string, example: string) {
  return text
    .refine((value) => value === undefined || /^https?:$/.test(URL.parse(value)?.protocol ?? ""), {
      error: `${name} must be an address such as ${example}.`,
    })
    .transform((value) => value?.replace(/\/+$/, ""));
}

const environmentSchema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).catch("production"),
  LOG_LEVEL: z.enum(["silent", "error", "info"]).catch("info"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(7777),
  HOST: text,
  DATABASE_URL: text,
  GATEHOUSE_DATA: text,
  /** The address people use, such as https://gatehouse.example.com; without a path. */
  GATEHOUSE_URL: webAddress("GATEHOUSE_URL", "https://gatehouse.example.com"),
  /** Comma-separated addresses and ranges of the proxies whose X-Forwarded headers count. */
  TRUSTED_PROXIES: text,
  GATEHOUSE_SECRET: text,
  GATEHOUSE_OWNER_EMAIL: text,
  GATEHOUSE_OWNER_PASSWORD: text,
  /** Comma-separated origins that a guarded fetch may reach although they are private. */
  GATEHOUSE_PRIVATE_ORIGINS: text,
  /** Comma-separated origins that browsers may call the API from; replaces the contract's defaults. */
  CORS_ORIGINS: text,
  /** Requests a minute and caller; unlimited when absent. */
  API_RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).optional(),
  /** Milliseconds between the scripted model's words. */
  SCRIPTED_WORD_DELAY_MS: z.coerce.number().int().min(0).default(12),
  /** What the scripted model pretends to cost, so that budgets can be tried without a key; free unless set. */
  SCRIPTED_USD_PER_MILLION_TOKENS: z.coerce.number().min(0).max(1_000).default(0),
  /** An Inngest server for the durable work; see inngest/is-external.ts. */
  INNGEST_BASE_URL: text,
  INNGEST_EVENT_KEY: text,
  INNGEST_SIGNING_KEY: text,
  INNGEST_SIGNING_KEY_FALLBACK: text,
  /** `1` or the address of an Inngest development server, which signs nothing. */
  INNGEST_DEV: text,
  /** The address under which the Inngest server reaches us, where it is not GATEHOUSE_URL. */
  INNGEST_SERVE_ORIGIN: text,
  /** `NAME` or `NAME:PASSES`: a drill's moment at which this process ends itself; see core/fail-point.ts. */
  GATEHOUSE_FAIL_POINT: text,
  GITHUB_CLIENT_ID: text,
  GITHUB_CLIENT_SECRET: text,
  /** A GitHub Enterprise server instead of github.com. */
  GITHUB_URL: webAddress("GITHUB_URL", "https://github.example.com"),
  GOOGLE_CLIENT_ID: text,
  GOOGLE_CLIENT_SECRET: text,
  /** Any OpenID Connect provider: its issuer, under which its discovery document lies. */
  OIDC_ISSUER: webAddress("OIDC_ISSUER", "https://id.example.com/realms/staff"),
  OIDC_CLIENT_ID: text,
  OIDC_CLIENT_SECRET: text,
  /** What people know the provider by. */
  OIDC_NAME: text.transform((value) => value ?? "single sign-on"),
  AGENTOS_ID: text.transform((value) => value ?? "gatehouse"),
  AGENTOS_DB_ID: text.transform((value) => value ?? "gatehouse-db"),
  JWT_VERIFICATION_KEY: text,
  JWT_ALGORITHM: z.enum(["HS256", "RS256"]).default("HS256"),
  JWT_ORGANIZATION: text.transform((value) => value ?? "default"),
});

/** The settings of this process, parsed once from the environment. */
export type Environment = z.infer<typeof environmentSchema> & {
  /** Absolute path of the folder with the embedded database and the generated keys. */
  dataDirectory: string;
};

let parsed: Environment | undefined;

/**
 * Returns the process's settings; the only reader of process.env.
 * Throws a ZodError that names the variable when one has an impossible value.
 */
export function environment(): Environment {
  if (parsed === undefined) {
    const values = environmentSchema.parse(process.env);
    parsed = { ...values, dataDirectory: path.resolve(values.GATEHOUSE_DATA ?? "data") };
  }
  return parsed;
}

/**
 * Tells next-auth, which reads the environment by itself, under which address people come: GATEHOUSE_URL, else
 * whichever each request names.
 */
export function setNextAuthOrigin(): void {
  const { GATEHOUSE_URL } = environment();
  if (GATEHOUSE_URL === undefined) process.env.AUTH_TRUST_HOST = "true";
  else process.env.NEXTAUTH_URL = new URL(GATEHOUSE_URL).origin;
}
