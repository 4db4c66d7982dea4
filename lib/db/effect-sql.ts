import type { EffectClaim, EffectEnd } from "../core/effect.ts";
import type { AppendRequest } from "../core/journal.ts";

const CLAIM_COLUMNS = `g int, run text, call text, attempt int, tool text, fingerprint text, hash text, key text,
  at timestamptz, status text`;
const END_COLUMNS = "g int, run text, call text, attempt int, status text";

/**
 * The part of an append that claims effects; `json` is the parameter that holds them, `root` the part that gives the
 * root runs by `g`: only for the driver whose generation holds. An attempt that was claimed before fails the append.
 */
export const claimEffectsSql = (json: string) => `claim AS (
  INSERT INTO "Effect" ("organizationId", "rootRunId", "runId", "toolCallId", attempt, "toolName", "toolFingerprint",
    "argumentsHash", "idempotencyKey", generation, status, "claimedAt", "settledAt")
  SELECT root.org, root.id, c.run, c.call, c.attempt, c.tool, c.fingerprint, c.hash, c.key, p.generation, c.status, c.at,
    CASE WHEN c.status <> 'claimed' THEN now() END
  FROM json_to_recordset(${json}::json) AS c(${CLAIM_COLUMNS})
  JOIN root ON root.g = c.g JOIN p ON p.g = c.g)`;

/** The part of an append that says what became of claimed effects. */
export const endEffectsSql = (json: string) => `effect AS (
  UPDATE "Effect" e SET status = x.status, "settledAt" = now()
  FROM json_to_recordset(${json}::json) AS x(${END_COLUMNS}) JOIN root ON root.g = x.g
  WHERE e."organizationId" = root.org AND e."rootRunId" = root.id AND e."runId" = x.run AND e."toolCallId" = x.call
    AND e.attempt = x.attempt AND e.status = 'claimed')`;

/** The rows of `claimEffectsSql`, of all groups. */
export function effectClaimRows(groups: readonly (readonly AppendRequest[])[]): object[] {
  return groups.flatMap((requests, g) => {
    const ends = requests.flatMap(({ effectEnds = [] }) => effectEnds);
    return requests.flatMap(({ effectClaims = [] }) =>
      effectClaims.map((claim) => ({
        g,
        run: claim.runId,
        call: claim.toolCallId,
        attempt: claim.attempt,
        tool: claim.toolName,
        fingerprint: claim.toolFingerprint,
        hash: claim.argumentsHash,
        key: claim.idempotencyKey,
        at: new Date(claim.claimedAtMs).toISOString(),
        // The part that ends effects does not see a row that the same statement claims: a run that is stopped between
        // the two brings both at once.
        status: ends.find((end) => isEndOf(end, claim))?.status ?? "claimed",
      })),
    );
  });
}

function isEndOf(end: EffectEnd, { runId, toolCallId, attempt }: EffectClaim): boolean {
  return end.runId === runId && end.toolCallId === toolCallId && end.attempt === attempt;
}

/** The rows of `endEffectsSql`, of all groups. */
export function effectEndRows(groups: readonly (readonly AppendRequest[])[]): object[] {
  return groups.flatMap((requests, g) =>
    requests.flatMap(({ effectEnds = [] }) =>
      effectEnds.map(({ runId, toolCallId, attempt, status }) => ({
        g,
        run: runId,
        call: toolCallId,
        attempt,
        status,
      })),
    ),
  );
}
