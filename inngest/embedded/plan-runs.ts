import { randomUUID } from "node:crypto";
import canonicalize from "canonicalize";
import { prefixedId } from "#lib/core/ids.ts";
import type { JsonObject } from "#lib/core/json.ts";
import { dueTime } from "./duration.ts";
import { evaluateExpression } from "./expression.ts";
import type { FunctionConfig } from "./function-config.ts";
import { matchKeyOf } from "./match-keys.ts";
import { shortKey } from "./short-key.ts";
import type { StoredEvent } from "./stored-event.ts";

/** A run to be created, with everything that its function's options say about it. */
export interface NewRun {
  id: string;
  functionId: string;
  eventId: string;
  organizationId: string | null;
  maxAttempts: number;
  limitKeys: string[];
  limits: number[];
  /** Seconds. */
  priority: number;
  singletonKey: string | null;
  /** The active run of the same singleton key makes way. */
  replaces: boolean;
  dedupeKey: string | null;
  /** Milliseconds before it starts. */
  delayMs: number;
  startTimeoutMs: number | null;
  /** The events that cancel it. */
  cancellations: {
    name: string;
    expression: string | null;
    matchKey: string | null;
    expiresAtMs: number | null;
  }[];
}

const MAX_PRIORITY_S = 600;

/** The runs that an event starts: one of each function of which a trigger matches. */
export function planRuns(event: StoredEvent, functions: Iterable<FunctionConfig>, nowMs: number): NewRun[] {
  return [...functions]
    .filter((config) => config.triggers.some((trigger) => matches(trigger, event)))
    .map((config) => planRun(config, event, { nowMs }));
}

/** A run of a function on an event, whatever its triggers say. */
export function planRun(
  config: FunctionConfig,
  event: StoredEvent,
  { nowMs, delayMs = 0 }: { nowMs: number; delayMs?: number },
): NewRun {
  const { payload } = event;
  return {
    id: prefixedId("durableRun", randomUUID()),
    functionId: config.id,
    eventId: event.id,
    organizationId: event.organizationId,
    maxAttempts: config.maxAttempts,
    limitKeys: config.concurrency.map(({ key, scope }) =>
      shortKey([scope, scope === "fn" ? config.id : "", key ?? "", keyValue(key, payload)].join(":")),
    ),
    limits: config.concurrency.map(({ limit }) => limit),
    priority: priorityOf(config.priority, payload),
    singletonKey:
      config.singleton === null ? null : shortKey(`${config.id}:${keyValue(config.singleton.key, payload)}`),
    replaces: config.singleton?.mode === "cancel",
    dedupeKey: dedupeKeyOf(config, payload),
    // An event of the future starts its runs then.
    delayMs: Math.max(0, delayMs, Number(payload["ts"] ?? 0) - nowMs),
    startTimeoutMs: config.startTimeoutMs,
    cancellations: config.cancel.map(({ event: name, expression, timeout }) => ({
      name,
      expression,
      matchKey: matchKeyOf(expression, payload),
      expiresAtMs: timeout === null ? null : dueTime(timeout, nowMs),
    })),
  };
}

function matches(trigger: FunctionConfig["triggers"][number], event: StoredEvent): boolean {
  if (trigger.kind === "cron" || !matchesName(trigger.event, event.name)) return false;
  if (trigger.expression === null) return true;
  return evaluateExpression(trigger.expression, { event: event.payload }) === true;
}

/** `order/*` stands for every event of orders. A lone `*` is not meant for the engine's own events. */
function matchesName(pattern: string, name: string): boolean {
  if (!pattern.endsWith("*")) return pattern === name;
  const beginning = pattern.slice(0, -1);
  return name.startsWith(beginning) && (beginning !== "" || !name.startsWith("inngest/"));
}

/** A missing value is a key like any other: everything without one shares it. */
function keyValue(key: string | null, payload: JsonObject): string {
  if (key === null) return "";
  return canonicalize(evaluateExpression(key, { event: payload }) ?? null) ?? "null";
}

/** Work that does not say which work it is must not be dropped: without a value there is no key. */
function dedupeKeyOf(config: FunctionConfig, payload: JsonObject): string | null {
  if (config.idempotency === null) return null;
  const value = evaluateExpression(config.idempotency, { event: payload });
  return value === undefined || value === null ? null : shortKey(`${config.id}:${canonicalize(value) ?? ""}`);
}

function priorityOf(expression: string | null, payload: JsonObject): number {
  if (expression === null) return 0;
  const value = evaluateExpression(expression, { event: payload });
  if (typeof value !== "number" || !Number.isFinite(value)) return 0;
  return Math.round(Math.min(MAX_PRIORITY_S, Math.max(-MAX_PRIORITY_S, value)));
}
