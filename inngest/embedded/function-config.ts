import { z } from "zod";
import { nextCronTime } from "./cron-times.ts";
import { durationMs } from "./duration.ts";
import { expressionTree } from "./expression.ts";

/** A durable function as the engine works with it. */
export interface FunctionConfig {
  id: string;
  name: string;
  triggers: (
    | { kind: "event"; event: string; expression: string | null }
    | { kind: "cron"; cron: string; jitterMs: number }
  )[];
  /** The first attempt and the retries. */
  maxAttempts: number;
  concurrency: { limit: number; key: string | null; scope: "fn" | "env" | "account" }[];
  /** `timeout` is how long after the run's start the event still cancels it. */
  cancel: { event: string; expression: string | null; timeout: string | null }[];
  singleton: { key: string | null; mode: "skip" | "cancel" } | null;
  idempotency: string | null;
  startTimeoutMs: number | null;
  finishTimeoutMs: number | null;
  priority: string | null;
}

/** The server's number of retries for a function that names none. */
const DEFAULT_RETRIES = 4;

const limitSchema = z.strictObject({
  limit: z.number().int().min(0),
  key: z.string().optional(),
  scope: z.enum(["fn", "env", "account"]).default("fn"),
});

/** A function as the SDK registers it. Strict: an option that is not here is one that the engine does not have. */
const entrySchema = z.strictObject({
  id: z.string(),
  name: z.string().optional(),
  triggers: z.array(
    z.union([
      z.strictObject({ event: z.string(), expression: z.string().optional() }),
      z.strictObject({ cron: z.string(), jitter: z.string().optional() }),
    ]),
  ),
  steps: z.record(
    z.string(),
    z.looseObject({ retries: z.looseObject({ attempts: z.number().int().min(0).optional() }).optional() }),
  ),
  idempotency: z.string().optional(),
  singleton: z.strictObject({ key: z.string().optional(), mode: z.enum(["skip", "cancel"]) }).optional(),
  cancel: z
    .array(z.strictObject({ event: z.string(), if: z.string().optional(), timeout: z.string().optional() }))
    .optional(),
  timeouts: z.strictObject({ start: z.string().optional(), finish: z.string().optional() }).optional(),
  priority: z.strictObject({ run: z.string().optional() }).optional(),
  concurrency: z.union([z.number().int().min(0), limitSchema, z.array(limitSchema)]).optional(),
});

/** Options of the SDK that the embedded engine does not have, and what they are called in a function's definition. */
const ABSENT_OPTIONS: readonly string[] = ["batchEvents", "debounce", "rateLimit", "throttle"];

/** The event that starts a deferred function, an experiment of the SDK that the engine does not have. */
const DEFERRED = "inngest/deferred.schedule";

/**
 * Reads a function as the SDK registers it. Throws an Error with a sentence that names the function when it wants
 * something that the embedded engine does not have: it must not run otherwise than its author thinks.
 */
export function readFunctionConfig(entry: unknown): FunctionConfig {
  const { id } = z.looseObject({ id: z.string() }).parse(entry);
  const refuse = (reason: string) => new Error(`The durable function "${id}" ${reason}`);
  const absent = ABSENT_OPTIONS.find((option) =>
    Object.hasOwn(z.record(z.string(), z.unknown()).parse(entry), option),
  );
  if (absent !== undefined) {
    throw refuse(
      `uses \`${absent}\`, which the embedded engine does not have. Use an Inngest server for it.`,
    );
  }
  const read = entrySchema.safeParse(entry);
  if (!read.success) throw refuse(`cannot be registered: ${z.prettifyError(read.error)}`);
  const { data } = read;
  try {
    return configOf(data);
  } catch (error) {
    throw refuse(`cannot be registered: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function configOf(entry: z.infer<typeof entrySchema>): FunctionConfig {
  const limits = entry.concurrency ?? [];
  const concurrency =
    typeof limits === "number"
      ? [limitSchema.parse({ limit: limits })]
      : Array.isArray(limits)
        ? limits
        : [limits];
  const attempts = Object.values(entry.steps)[0]?.retries?.attempts ?? DEFAULT_RETRIES;
  return {
    id: entry.id,
    name: entry.name ?? entry.id,
    triggers: entry.triggers.map((trigger) => {
      if ("cron" in trigger) {
        nextCronTime(trigger.cron, 0);
        const jitterMs = trigger.jitter === undefined ? 0 : lengthOf(trigger.jitter);
        return { kind: "cron", cron: trigger.cron, jitterMs };
      }
      if (trigger.event === DEFERRED) throw new Error("deferred functions need an Inngest server.");
      return { kind: "event", event: trigger.event, expression: checked(trigger.expression) };
    }),
    maxAttempts: attempts + 1,
    // A limit of 0 is none.
    concurrency: concurrency
      .filter(({ limit }) => limit > 0)
      .map(({ limit, key, scope }) => ({ limit, key: checked(key), scope })),
    cancel: (entry.cancel ?? []).map((one) => ({
      event: one.event,
      expression: checked(one.if),
      timeout: one.timeout ?? null,
    })),
    singleton:
      entry.singleton === undefined
        ? null
        : { key: checked(entry.singleton.key), mode: entry.singleton.mode },
    idempotency: checked(entry.idempotency),
    startTimeoutMs: entry.timeouts?.start === undefined ? null : lengthOf(entry.timeouts.start),
    finishTimeoutMs: entry.timeouts?.finish === undefined ? null : lengthOf(entry.timeouts.finish),
    priority: checked(entry.priority?.run),
  };
}

function checked(expression: string | undefined): string | null {
  if (expression === undefined) return null;
  expressionTree(expression);
  return expression;
}

function lengthOf(text: string): number {
  const ms = durationMs(text);
  if (ms === null) throw new Error(`"${text}" is not a length of time such as 30s, 5m or 2h.`);
  return ms;
}
