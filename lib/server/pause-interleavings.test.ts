import { randomUUID } from "node:crypto";
import type { LanguageModelV4Prompt } from "@ai-sdk/provider";
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { AppError } from "#lib/core/app-error.ts";
import { isFinished } from "#lib/core/run-status.ts";
import { continueRequestSchema, runRequestSchema } from "#lib/core/run-request.ts";
import { listRunRequirements, type RequirementRecord } from "#lib/db/requirements.ts";
import { readRunEvents } from "#lib/db/run-events.ts";
import { getRun } from "#lib/db/runs.ts";
import { expectNoOrphans } from "#tests/support/expect-no-orphans.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { pauseWorld } from "#tests/support/pause-world.ts";
import { caller, pausingAgent } from "#tests/support/pausing-agent.ts";
import { type Manner, PerilousTools } from "#tests/support/perilous-tools.ts";
import { recordPrompts } from "#tests/support/record-prompts.ts";
import { answerRun } from "./answer-run.ts";
import { cancelRun } from "./cancel-run.ts";
import { continueRun } from "./continue-run.ts";
import { driveRun } from "./drive-run.ts";
import { expireRequirements } from "./expire-requirements.ts";
import { resolveApproval } from "./resolve-approval.ts";
import { runDrivers } from "./run-drivers.ts";

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 60);
/** A failure tells its seed; PROPERTY_SEED gives it again. */
const SEED = Number(process.env["PROPERTY_SEED"] ?? Date.now());
const MOST_ROUNDS = 40;

const TOOLS = ["free", "confirmed", "approved"] as const;
const SETTINGS = {
  confirmed: { requires_confirmation: true },
  approved: { approval_type: "required" },
} as const;

/** What people and processes do to a run. A person answers the first open question or all of them. */
type Act =
  | { kind: "answer"; says: "yes" | "no"; all: boolean; background: boolean }
  | { kind: "cancel" }
  | { kind: "resume" }
  | { kind: "expire" }
  | { kind: "crash" };

const answer = fc.record({
  kind: fc.constant("answer" as const),
  says: fc.constantFrom("yes" as const, "yes" as const, "no" as const),
  all: fc.boolean(),
  background: fc.boolean(),
});
const other = (kind: "cancel" | "resume" | "expire" | "crash") => fc.constant({ kind });
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: answer },
  { weight: 6, arbitrary: other("resume") },
  { weight: 4, arbitrary: other("crash") },
  { weight: 1, arbitrary: other("cancel") },
  { weight: 1, arbitrary: other("expire") },
);
const manner: fc.Arbitrary<Manner> = fc.record({
  does: fc.boolean(),
  ending: fc.constantFrom("answers", "is lost", "is lost", "hangs"),
});
const story = fc.record({
  calls: fc.array(fc.constantFrom(...TOOLS), { minLength: 1, maxLength: 3 }),
  background: fc.boolean(),
  manners: fc.array(manner, { maxLength: 4 }),
  // The acts of one step happen at once.
  steps: fc.array(fc.array(act, { minLength: 1, maxLength: 3 }), { maxLength: 6 }),
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

const world = pauseWorld();
const prompts: LanguageModelV4Prompt[] = [];
let tools = new PerilousTools();

function restart(): Promise<void> {
  return world.restart(() => {
    recordPrompts(prompts);
    tools.register(TOOLS);
  });
}

/** One run, and what is done to it. */
class Told {
  readonly #run: { runId: string; agentId: string; sessionId: string };

  private constructor(run: { runId: string; agentId: string; sessionId: string }) {
    this.#run = run;
  }

  static async begin({ calls, background }: Story): Promise<Told> {
    const settings = Object.fromEntries(
      Object.entries(SETTINGS).filter(([name]) => calls.some((c) => c === name)),
    );
    const agentId = await pausingAgent(world.scope, settings, [...new Set(calls)]);
    const lines = calls.map((name, at) => `/tool ${name} {"text":"${at}"}`).join("\n");
    const fields = { message: calls.length > 1 ? `/parallel ${lines}` : lines, session_id: randomUUID() };
    const request = runRequestSchema.parse({
      ...fields,
      ...(background ? { background: true, stream: false } : {}),
    });
    const started = await answerRun(world.ann, { agentId, request, files: [], idempotencyKey: null });
    if (started instanceof Response && started.body !== null && !background) await started.body.cancel();
    const { rows } = await world.db.pool.query<{ id: string }>(
      `SELECT id FROM "Run" WHERE "sessionId" = $1`,
      [fields.session_id],
    );
    return new Told({ runId: rows[0]?.id ?? "", agentId, sessionId: fields.session_id });
  }

  get id(): string {
    return this.#run.runId;
  }

  /** Whoever is refused has a sentence for it; a tool that hangs holds up nobody here. */
  async perform(one: Act): Promise<void> {
    const work = this.#do(one).catch((error: unknown) => {
      if (!(error instanceof AppError) || error.status >= 500) throw error;
    });
    await Promise.race([work, tools.hangs()]);
  }

  async #do(one: Act): Promise<void> {
    const { runId, sessionId } = this.#run;
    switch (one.kind) {
      case "answer":
        return this.#answer(one);
      case "cancel":
        return cancelRun(world.scope, runId, sessionId);
      case "resume":
        await driveRun(world.everyone, runId);
        return;
      case "expire":
        await world.db.pool.query(
          `UPDATE "Requirement" SET "expiresAt" = now() - interval '1 second'
           WHERE "rootRunId" = $1 AND status = 'open' AND kind <> 'effect_unknown'`,
          [runId],
        );
        await expireRequirements(50);
        return;
      case "crash":
        // The journal takes nothing more of the dead process; then it is gone.
        await world.db.pool.query(
          `UPDATE "Run" SET generation = generation + 1, "driverBootId" = 'boot_dead'
           WHERE id = $1 AND status = 'RUNNING'`,
          [runId],
        );
        tools.die();
        return restart();
    }
  }

  async #answer({ says, all, background }: Extract<Act, { kind: "answer" }>): Promise<void> {
    const { runId, agentId, sessionId } = this.#run;
    const open = (await listRunRequirements(world.scope, runId)).filter(({ status }) => status === "open");
    const posted: object[] = [];
    for (const one of all ? open : open.slice(0, 1)) {
      const decision = this.#decisionOn(one, says);
      if (one.approvalType !== "required") posted.push({ ...one.asked, ...decision });
      else {
        const boss = caller({ ...world.scope, subject: "boss" }, { scopes: ["approvals:write"] });
        const isRefused = "confirmed" in decision && !decision.confirmed;
        const status = isRefused ? "rejected" : "approved";
        await resolveApproval(boss, one.id, { status, resolution_data: decision });
      }
    }
    if (posted.length === 0) return;
    const fields = { tools: JSON.stringify(posted), session_id: sessionId, background };
    const request = continueRequestSchema.parse(fields);
    const response = await continueRun(world.ann, { runId, agentId, request });
    if (response instanceof Response) await response.body?.cancel();
  }

  /** Of what nobody knows a person goes and looks; they give it up when they say no. */
  #decisionOn(
    { kind, toolCallId }: RequirementRecord,
    says: "yes" | "no",
  ): { confirmed: boolean } | { result: string } {
    if (says === "no") return { confirmed: false };
    const isDone = kind === "effect_unknown" && tools.done.has(`${this.id}:${toolCallId}`);
    return isDone ? { result: "It is done." } : { confirmed: true };
  }

  /** Goes on with the run, and answers all that it waits for, until it has ended. */
  async finish(): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      await this.idle();
      const run = await getRun(world.everyone, this.id);
      if (run === null || isFinished(run.status)) break;
      if (tools.isHanging) await this.perform({ kind: "crash" });
      else if (run.status !== "PAUSED") await this.perform({ kind: "resume" });
      else await this.perform({ kind: "answer", says: "yes", all: true, background: false });
    }
    await this.idle();
  }

  /** Resolves when no process of the present drives the run, or when its tool hangs. */
  idle(): Promise<void> {
    return vi.waitFor(
      () => {
        if (!tools.isHanging && runDrivers().runIds().includes(this.id))
          throw new Error("It is being driven.");
      },
      { interval: 2, timeout: 10_000 },
    );
  }
}

async function tell(one: Story): Promise<Told> {
  prompts.length = 0;
  tools = new PerilousTools();
  tools.manners = [...one.manners];
  world.scope = await makeScope({ subject: "ann" });
  world.ann = caller(world.scope);
  await restart();
  const told = await Told.begin(one);
  for (const acts of one.steps) {
    const crash = acts.find(({ kind }) => kind === "crash");
    await Promise.all(
      acts.filter((each) => each !== crash && each.kind !== "crash").map((each) => told.perform(each)),
    );
    if (crash !== undefined) await told.perform(crash);
  }
  await told.finish();
  return told;
}

it("whatever comes in whatever order, nothing is done twice, the model sees no orphan, and every run ends", async () => {
  let asked = 0;
  await fc.assert(
    fc.asyncProperty(story, async (one) => {
      const { id } = await tell(one);
      for (const [key, times] of tools.done) expect([key, times]).toEqual([key, 1]);
      for (const prompt of prompts) expectNoOrphans(prompt);
      let next = 0;
      for (const event of await readRunEvents(world.everyone, id, -1, 10_000)) {
        expect(event.index).toBe(next);
        next = event.lastIndex + 1;
      }
      const run = await getRun(world.everyone, id);
      expect(isFinished(run?.status ?? "PENDING")).toBe(true);

      const requirements = await listRunRequirements(world.scope, id);
      asked += requirements.filter(({ kind }) => kind === "effect_unknown").length;
      expect(requirements.filter(({ status }) => status === "open")).toEqual([]);
      for (const { kind, outcome, toolCallId } of requirements) {
        if (kind !== "effect_unknown" && outcome === "rejected")
          expect(tools.done.has(`${id}:${toolCallId}`)).toBe(false);
      }
      const { rows: effects } = await world.db.pool.query<{ key: string; status: string }>(
        `SELECT "idempotencyKey" AS key, status FROM "Effect" WHERE "rootRunId" = $1`,
        [id],
      );
      const isEnded = run?.status === "CANCELLED" || run?.status === "ERROR";
      for (const { key, status } of effects) {
        expect(status).not.toBe("claimed");
        if (!isEnded) expect(status).not.toBe("unknown");
        if (status === "committed") expect(tools.done.get(key)).toBe(1);
      }
      const claimed = new Set(effects.map(({ key }) => key));
      expect([...tools.done.keys()].filter((key) => !claimed.has(key))).toEqual([]);
    }),
    { numRuns: RUNS, seed: SEED },
  );
  // Else the test would say nothing of them.
  if (RUNS >= 30) expect(asked).toBeGreaterThan(0);
}, 600_000);
