import type { AppendRequest } from "../core/journal.ts";
import type { NewRequirement } from "../core/requirement.ts";
import { storableJson } from "../core/storable-json.ts";

const COLUMNS = `g int, id text, run text, call text, tool text, position int, kind text, approval text, asked json, hash text,
  fingerprint text, rule json, expires timestamptz, remind timestamptz, at timestamptz`;

/**
 * The part of an append that opens requirements; `json` is the parameter that holds them and `root` the part that gives
 * the root runs by `g`. Whose they are is taken from the run that they belong to.
 */
export const openRequirementsSql = (json: string) => `requirement AS (
  INSERT INTO "Requirement" ("organizationId", id, "rootRunId", "runId", "sessionId", subject, "componentType",
    "componentId", "componentName", "toolCallId", "toolName", position, kind, "approvalType", asked, "argumentsHash",
    "toolFingerprint", rule, "expiresAt", "remindAt", "createdAt")
  SELECT root.org, q.id, root.id, q.run, r."sessionId", r.subject, r."componentType", r."componentId",
    r."componentName", q.call, q.tool, q.position, q.kind, q.approval, q.asked, q.hash, q.fingerprint, q.rule,
    q.expires, q.remind, q.at
  FROM json_to_recordset(${json}::json) AS q(${COLUMNS}) JOIN root ON root.g = q.g
  JOIN "Run" r ON r."organizationId" = root.org AND r.id = q.run)`;

/** The part of an append that cancels what is open of the runs that end; `groups` is the parameter with their `g`. */
export const cancelRequirementsSql = (groups: string) => `cancelled AS (
  UPDATE "Requirement" q SET status = 'cancelled', "resolvedAt" = now(), "updatedAt" = now()
  FROM root WHERE root.g = ANY(ARRAY(SELECT json_array_elements_text(${groups}::json)::int))
    AND q."organizationId" = root.org AND q."rootRunId" = root.id AND q.status = 'open')`;

/** The rows of `openRequirementsSql`, of all groups. */
export function requirementRows(groups: readonly (readonly AppendRequest[])[]): object[] {
  return groups.flatMap((requests, g) =>
    requests.flatMap(({ requirements = [] }) => requirements.map((one) => ({ g, ...row(one) }))),
  );
}

function row(requirement: NewRequirement): object {
  const {
    id,
    runId,
    kind,
    approvalType,
    rule,
    position,
    asked,
    argumentsHash,
    toolFingerprint,
    createdAtMs,
  } = requirement;
  return {
    id,
    run: runId,
    call: asked.tool_call_id,
    tool: asked.tool_name,
    position,
    kind,
    approval: approvalType,
    asked: storableJson(asked).value,
    hash: argumentsHash,
    fingerprint: toolFingerprint,
    rule,
    expires: after(createdAtMs, rule?.expiresAfterSeconds ?? null),
    remind: after(createdAtMs, rule?.remindAfterSeconds ?? null),
    at: new Date(createdAtMs).toISOString(),
  };
}

function after(createdAtMs: number, seconds: number | null): string | null {
  return seconds === null ? null : new Date(createdAtMs + seconds * 1_000).toISOString();
}
