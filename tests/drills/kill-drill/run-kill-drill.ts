import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { FAIL_POINTS, type FailPoint } from "#lib/core/fail-point.ts";
import { openDatabase } from "#lib/db/open-database.ts";
import { apiClient } from "#tests/support/api-client.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { createPostgresDatabase } from "#tests/support/test-postgres.ts";
import type { AcknowledgedRun } from "./acknowledged-run.ts";
import { applyDrillLoad } from "./apply-drill-load.ts";
import { PAID_LIMIT_USD, setUpDrill, USD_PER_MILLION_TOKENS } from "./drill-agent.ts";
import { type DrillFindings, drillFindings } from "./drill-findings.ts";
import { type DrillPerson, startDrillPerson } from "./drill-person.ts";
import { type EffectFindings, effectFindings } from "./effect-findings.ts";
import { type MoneyFindings, moneyFindings } from "./money-findings.ts";
import { makeReplica } from "./replica.ts";
import { seededRandom } from "./seeded-random.ts";
import { type SettledRuns, settleRuns } from "./settle-runs.ts";
import type { UnansweredAsk } from "./unanswered-ask.ts";
import { startWitness, type Witness } from "./witness.ts";

interface KillDrillOptions {
  kills: number;
  /** 1: the embedded database. 2: replicas on a Postgres of their own, of which one is killed at a time. */
  replicas: 1 | 2;
  /** Makes the moments of the kills the same again. */
  seed: number;
  say: (line: string) => void;
}

/** What a drill has found. */
export interface KillDrillResult extends DrillFindings, EffectFindings, MoneyFindings, SettledRuns {
  kills: number;
  acknowledged: number;
  effects: number;
  effectsTwice: string[];
  failPointsHit: Set<FailPoint>;
  /** Milliseconds of each start after a kill. */
  startMs: number[];
}

const LONGEST_LIFE_MS = 2_500;
/** A fail point that is not passed in this time is tried again in a later life. */
const FAIL_POINT_LIMIT_MS = 6_000;
const MOST_PASSES = 12;
/** On Postgres a dead replica's lease runs out first. */
const SETTLE_LIMIT_MS = 150_000;

/**
 * Loads an installation with runs under budgets, schedules and sleeping functions while it is killed again and again,
 * every other time at a fail point, and a person decides about what runs wait for; then waits for everything to come to
 * rest and looks for what was lost, done twice, not paid for or left.
 */
export async function runKillDrill(options: KillDrillOptions): Promise<KillDrillResult> {
  const { kills, say } = options;
  const random = seededRandom(options.seed);
  const witness = await startWitness(random);
  const postgres = options.replicas === 2 ? await createPostgresDatabase() : null;
  const folders = Array.from({ length: options.replicas }, () =>
    mkdtempSync(path.join(tmpdir(), "gatehouse-drill-")),
  );
  const environment = {
    DATABASE_URL: postgres?.url,
    GATEHOUSE_SECRET: "a-secret-for-drills-only-0123456789abcdef",
    JWT_VERIFICATION_KEY: TEST_JWT_KEY,
    GATEHOUSE_PRIVATE_ORIGINS: witness.origin,
    SCRIPTED_WORD_DELAY_MS: "2",
    SCRIPTED_USD_PER_MILLION_TOKENS: String(USD_PER_MILLION_TOKENS),
    LOG_LEVEL: "error",
  };
  const replicas = folders.map((folder) => makeReplica(folder, environment));
  const runs: AcknowledgedRun[] = [];
  const unanswered: UnansweredAsk[] = [];
  const startMs: number[] = [];
  const hit = new Set<FailPoint>();
  let person: DrillPerson | null = null;
  try {
    // What is new is known at once only where it was made: the others start when all is there.
    await replicas[0]?.start(null);
    const schedules = await setUpDrill(await apiClient(urlsOf(replicas)[0] ?? "", {}), witness.origin);
    for (const replica of replicas.slice(1)) await replica.start(null);
    const load = applyDrillLoad({
      urls: () => urlsOf(replicas),
      witnessOrigin: witness.origin,
      schedules,
      random,
      acknowledge: (run) => runs.push(run),
      leaveUnanswered: (ask) => unanswered.push(ask),
    });
    person = startDrillPerson({
      urls: () => urlsOf(replicas),
      runs,
      unanswered,
      scheduleId: schedules.runs,
      witness,
      random,
    });
    let armed: FailPoint | null = null;
    for (let kill = 0; kill < kills; kill += 1) {
      // The one that has been armed is the one that is looked at next.
      const replica = replicas[Math.floor(kill / 2) % replicas.length];
      if (replica === undefined) break;
      const ended = armed !== null && (await replica.endsItself(FAIL_POINT_LIMIT_MS));
      if (ended && armed !== null) hit.add(armed);
      if (!ended) {
        await new Promise((resolve) => setTimeout(resolve, 200 + random() * LONGEST_LIFE_MS));
        await replica.kill();
      }
      armed = kill % 2 === 0 && kill + 1 < kills ? nextFailPoint(hit, random) : null;
      const passes = Math.floor(random() * MOST_PASSES);
      startMs.push(await replica.start(armed === null ? null : `${armed}:${passes}`));
      say(`kill ${kill + 1}: ${ended ? "at a fail point" : "at random"}, ${runs.length} runs acknowledged`);
    }
    await load.stop();
    const settled = await settleRuns(urlsOf(replicas)[0] ?? "", { runs, schedules, person }, SETTLE_LIMIT_MS);
    await person.stop();
    for (const replica of replicas) await replica.stop();
    const findings = await lookInto(folders[0] ?? "", postgres?.url, witness, person.refused());
    return {
      ...settled,
      ...findings,
      kills,
      acknowledged: runs.length,
      effects: witness.effects(),
      effectsTwice: witness.twice(),
      failPointsHit: hit,
      startMs,
    };
  } finally {
    await person?.stop();
    for (const replica of replicas) await replica.kill();
    witness.close();
    await postgres?.drop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

function urlsOf(replicas: readonly { url(): string | null }[]): string[] {
  return replicas.flatMap((replica) => replica.url() ?? []);
}

/** One that was not hit yet while there are such, else any. */
function nextFailPoint(hit: ReadonlySet<FailPoint>, random: () => number): FailPoint | null {
  const open = FAIL_POINTS.filter((name) => !hit.has(name));
  const names = open.length > 0 ? open : FAIL_POINTS;
  return names[Math.floor(random() * names.length)] ?? null;
}

async function lookInto(
  dataDirectory: string,
  databaseUrl: string | undefined,
  witness: Witness,
  refused: readonly string[],
): Promise<DrillFindings & EffectFindings & MoneyFindings> {
  const database = await openDatabase({ dataDirectory, databaseUrl });
  try {
    const { pool } = database;
    const ofEffects = await effectFindings(pool, witness, refused);
    return { ...(await drillFindings(pool)), ...ofEffects, ...(await moneyFindings(pool, PAID_LIMIT_USD)) };
  } finally {
    await database.close();
  }
}
