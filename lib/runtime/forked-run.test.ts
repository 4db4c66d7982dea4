import { describe, expect, it } from "vitest";
import type { RunEventBody } from "#lib/core/run-event.ts";
import { type LeftBehind, resumedPorts } from "#tests/support/resumed-ports.ts";
import { runWorld, testAgent } from "#tests/support/run-ports.ts";
import { finish, streamModel, text } from "#tests/support/stream-model.ts";
import { runAgent } from "./run-agent.ts";

const AGENT = testAgent({ instructions: "Be brief." });

/** A run that was answered, and what its fork begins with: all of that but its end, and something to add. */
async function forked(input: string, ...after: RunEventBody[]) {
  const model = streamModel([...text("The first answer."), finish()], [...text("The second."), finish()]);
  const world = runWorld({ model });
  await runAgent(AGENT, world.ports);
  const events = world.journal.events.slice(0, -1);
  const [first] = events;
  if (first === undefined) throw new Error("The run was never begun.");
  const own: RunEventBody[] = [
    { type: "RunContinued", tools: [], input: { content: input }, forked: true },
    ...after,
  ];
  for (const body of own) {
    const index = events.length;
    events.push({ ...first, index, lastIndex: index, createdAtMs: first.createdAtMs + 60_000, body });
  }
  const left: LeftBehind = { events, internals: world.journal.internals, blobs: world.blobs };
  return { model, ...resumedPorts(left, world.ports) };
}

describe("a run that shares the beginning of another", () => {
  it("tells the model what was said, and what was added to it", async () => {
    const { model, ports, journal } = await forked("And now?");
    const outcome = await runAgent(AGENT, ports);
    expect(outcome).toEqual({ status: "COMPLETED", content: "The second." });
    expect(journal.types.slice(-5)).toEqual([
      "ModelRequestStarted",
      "RunContent",
      "ModelRequestCompleted",
      "RunContentCompleted",
      "RunCompleted",
    ]);
    const roles = model.calls.at(-1)?.prompt.map(({ role }) => role);
    expect(roles).toEqual(["system", "user", "assistant", "user"]);
    expect(JSON.stringify(model.calls.at(-1)?.prompt.at(-1))).toContain("And now?");
  });

  it("goes on where its own driver has died; the beginning that it shares stands", async () => {
    const { model, ports, journal, point } = await forked(
      "And now?",
      { type: "ModelRequestStarted" },
      { type: "RunContent", content: "The sec", content_type: "str" },
    );
    expect(point).toMatchObject({ next: { kind: "call_model" }, isBroken: true });
    await runAgent(AGENT, ports);
    const recovered = journal.bodies("RunRecovered");
    expect(recovered).toHaveLength(1);
    expect(journal.events[recovered[0]?.discarded_from_index ?? 0]?.body.type).toBe("ModelRequestStarted");
    expect(JSON.stringify(model.calls.at(-1)?.prompt)).toContain("The first answer.");
    expect(JSON.stringify(model.calls.at(-1)?.prompt)).not.toContain("The sec");
  });

  it("has said nothing itself when it ends before its first word, and took none of the other's time", async () => {
    const { point } = await forked("And now?");
    expect(point.totalsIfEnded).toMatchObject({ text: "", reasoning: [], timeToFirstTextMs: null });
    expect(point.totalsIfEnded.usage.totalTokens).toBe(0);
    expect(point).toMatchObject({ beganAtMs: null, hasPaused: false, isBroken: false });
    expect(point.turns).toHaveLength(1);
  });
});
