import type { Pool } from "pg";
import type { Witness } from "./witness.ts";

/** What the ledger of effects shows, held against what the witness has seen. */
export interface EffectFindings {
  /** Effects of which the ledger does not say what became of them. */
  effectsOpen: string[];
  /** Effects that the ledger says happened and the witness has not seen, and the other way round. */
  effectsAdrift: string[];
  /** Effects that happened though a person had refused them. */
  effectsRefused: string[];
  /** How many requirements of each kind people have settled, such as `effect_unknown approved`. */
  decided: Record<string, number>;
  /** How many unknown outcomes were put to a person and answered. */
  unknownAnswered: number;
}

const LEDGER = `SELECT "idempotencyKey" AS key, status FROM "Effect" ORDER BY "claimedAt", attempt`;
const DECIDED = `SELECT concat_ws(' ', kind, "approvalType", outcome) AS what, count(*)::int AS count
  FROM "Requirement" WHERE status = 'settled' GROUP BY 1 ORDER BY 1`;
const UNKNOWN = `SELECT count(*)::int AS count FROM "Requirement" WHERE kind = 'effect_unknown' AND status = 'settled'`;

/** Looks through the ledger of a stopped installation. */
export async function effectFindings(
  pool: Pool,
  witness: Witness,
  refused: readonly string[],
): Promise<EffectFindings> {
  const { rows } = await pool.query<{ key: string; status: string }>(LEDGER);
  const last = new Map(rows.map(({ key, status }) => [key, status]));
  const decided = await pool.query<{ what: string; count: number }>(DECIDED);
  const unknown = await pool.query<{ count: number }>(UNKNOWN);
  const unledgered = witness.keys().filter((key) => last.get(key) !== "committed");
  return {
    effectsOpen: rows.flatMap(({ key, status }) =>
      status === "claimed" || status === "unknown" ? [`${key} ${status}`] : [],
    ),
    effectsAdrift: [
      ...[...last].flatMap(([key, status]) => (status === "committed" && !witness.has(key) ? [key] : [])),
      ...unledgered.map((key) => `${key} ${last.get(key) ?? "not in the ledger"}`),
    ],
    effectsRefused: refused.filter((key) => witness.has(key)),
    decided: Object.fromEntries(decided.rows.map(({ what, count }) => [what, count])),
    unknownAnswered: unknown.rows[0]?.count ?? 0,
  };
}
