import { describe, expect, it } from "vitest";
import { guardrailSchema } from "#lib/core/guardrail.ts";
import { toFrame } from "#lib/core/run-frame.ts";
import { resumedPorts } from "#tests/support/resumed-ports.ts";
import { runWorld, testAgent, until } from "#tests/support/run-ports.ts";
import { finish, streamModel, text } from "#tests/support/stream-model.ts";
import { HandOver } from "./hand-over.ts";
import { runAgent } from "./run-agent.ts";

const AGENT = testAgent({ followups: true, num_followups: 2 });
const ANSWER = [...text("Oslo is the capital."), finish()];
const SUGGESTED = ["How large is it?", "Who lives there?"];
const suggests = (followups: unknown) => [...text(JSON.stringify({ followups })), finish()];

describe("follow-ups", () => {
  it("come after the whole answer, and the run's end carries them", async () => {
    const model = streamModel(ANSWER, suggests([...SUGGESTED, "And a third?"]));
    const { ports, journal } = runWorld({ model, input: { content: "Capital of Norway?", files: [] } });
    expect(await runAgent(AGENT, ports)).toEqual({ status: "COMPLETED", content: "Oslo is the capital." });
    expect(journal.types.slice(-4)).toEqual([
      "RunContentCompleted",
      "FollowupsStarted",
      "FollowupsCompleted",
      "RunCompleted",
    ]);
    const asked = JSON.stringify(model.calls[1]?.prompt);
    expect(asked).toContain("Capital of Norway?");
    expect(asked).toContain("Oslo is the capital.");
    expect(model.calls[1]).toMatchObject({ responseFormat: { type: "json" }, maxOutputTokens: 4_000 });
    expect(journal.bodies("FollowupsCompleted")[0]?.followups).toEqual(SUGGESTED);
    const completed = journal.events.at(-1);
    expect(completed && toFrame(completed, ports.run)).toMatchObject({
      followups: SUGGESTED,
      metrics: {
        total_tokens: 30,
        details: { model: [{ total_tokens: 15 }], followup_model: [{ total_tokens: 15 }] },
      },
    });
    expect(journal.text).toBe("Oslo is the capital.");
  });

  it("are masked as the answer is", async () => {
    const model = streamModel(ANSWER, suggests(["Who is jo@example.com?", "Who is bo@example.com?"]));
    const masks = guardrailSchema.parse({ kind: "pii", types: ["email"], applies_to: ["output"] });
    const { ports, journal } = runWorld({ model });
    await runAgent({ ...AGENT, guardrails: [masks] }, ports);
    const followups = ["Who is **************?"];
    expect(journal.bodies("FollowupsCompleted")[0]?.followups).toEqual(followups);
    expect(journal.bodies("RunCompleted")).toMatchObject([{ followups }]);
  });

  it("go missing when their model fails or says nothing of use; the answer stands", async () => {
    const fails = () => Promise.reject(new Error("no"));
    for (const bad of [fails, [...text("Here you are!"), finish()], suggests(["", " "])]) {
      const { ports, journal } = runWorld({ model: streamModel(ANSWER, bad) });
      expect((await runAgent(AGENT, ports)).status).toBe("COMPLETED");
      expect(journal.bodies("FollowupsCompleted")).toMatchObject([{ followups: [] }]);
      expect(journal.bodies("RunCompleted")[0]).not.toHaveProperty("followups");
    }
  });

  it("ask a model of their own, which may be gone", async () => {
    const other = streamModel(suggests(SUGGESTED));
    const agent = testAgent({ ...AGENT, followup_model: { provider: "other", id: "small" } });
    const model = streamModel(ANSWER);
    const there = runWorld({ model, bindModel: () => Promise.resolve(other) });
    await runAgent(agent, there.ports);
    expect(other.calls).toHaveLength(1);
    const gone = runWorld({ model: streamModel(ANSWER) });
    expect((await runAgent(agent, gone.ports)).status).toBe("COMPLETED");
  });

  it("are asked for again by the next driver, who says only once that the answer is complete", async () => {
    const model = streamModel(ANSWER, () => new ReadableStream());
    const first = runWorld({ model });
    const driven = runAgent(AGENT, first.ports);
    await until(() => model.calls.length === 2);
    first.cancel.abort(new HandOver());
    expect((await driven).status).toBe("HANDED_OVER");
    const { events, internals } = first.journal;
    const again = streamModel(suggests(SUGGESTED));
    const { ports, journal } = resumedPorts({ events, internals, blobs: first.blobs }, first.ports, {
      model: again,
      signal: new AbortController().signal,
    });
    expect((await runAgent(AGENT, ports)).status).toBe("COMPLETED");
    expect(again.calls).toHaveLength(1);
    expect(journal.types.filter((type) => type === "RunContentCompleted")).toHaveLength(1);
    expect(journal.bodies("RunCompleted")).toMatchObject([{ followups: SUGGESTED }]);
  });

  it("do not outlast the run's time; a cancelled run is cancelled", async () => {
    const hanging = () => new ReadableStream<never>();
    const limited = testAgent({ ...AGENT, time_limit_seconds: 5 });
    const model = streamModel(ANSWER, hanging);
    const { ports, journal, clock } = runWorld({ model });
    const driven = runAgent(limited, ports);
    await until(() => model.calls.length === 2);
    clock.advance(5_001);
    expect((await driven).status).toBe("COMPLETED");
    expect(journal.bodies("RunCompleted")[0]?.content).toBe("Oslo is the capital.");
    const other = streamModel(ANSWER, hanging);
    const stopped = runWorld({ model: other });
    const cancelled = runAgent(AGENT, stopped.ports);
    await until(() => other.calls.length === 2);
    stopped.cancel.abort(new Error("cancelled"));
    expect(await cancelled).toMatchObject({ status: "CANCELLED", content: "Oslo is the capital." });
  });
});
