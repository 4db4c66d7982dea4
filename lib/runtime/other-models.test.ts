import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { describe, expect, it } from "vitest";
import { liveEvents } from "#lib/core/live-events.ts";
import { toFrame } from "#lib/core/run-frame.ts";
import type { Hook } from "#lib/core/run-hook.ts";
import { resumedPorts } from "#tests/support/resumed-ports.ts";
import { runWorld, testAgent, until } from "#tests/support/run-ports.ts";
import { call, finish, pushStream, streamModel, text } from "#tests/support/stream-model.ts";
import { add } from "#tests/support/sum-tools.ts";
import { HandOver } from "./hand-over.ts";
import { messagesFromEvents } from "./messages-from-events.ts";
import type { BoundModel, RunPorts } from "./ports.ts";
import { runAgent } from "./run-agent.ts";

const CITY = {
  title: "City",
  type: "object",
  properties: { name: { type: "string" } },
  required: ["name"],
  additionalProperties: false,
};
type StreamModel = ReturnType<typeof streamModel>;

const WRITER = { provider: "other", id: "writer" };
const PARSER = { provider: "other", id: "parser" };

const words = (options: LanguageModelV4CallOptions | undefined) => JSON.stringify(options?.prompt ?? []);

/** A world in which the two other models are these. */
function worldOf(own: StreamModel, others: { writer?: StreamModel; parser?: StreamModel }) {
  const world = runWorld({ model: own, tools: [add] });
  return { ...world, ports: withOthers(world.ports, others) };
}

function withOthers(ports: RunPorts, others: { writer?: StreamModel; parser?: StreamModel }): RunPorts {
  const bindModel = (reference: { provider: string; id: string }): Promise<BoundModel> => {
    const model = reference.id === "writer" ? others.writer : others.parser;
    if (model === undefined) return Promise.reject(new Error(`Nobody asks ${reference.id}.`));
    return Promise.resolve({ ...model, ...reference });
  };
  return { ...ports, bindModel };
}

describe("an output model", () => {
  const agent = testAgent({ tools: ["add"], output_model: WRITER });
  const own = () =>
    streamModel(
      [...text("Let me add."), call("c", "add", { a: 1, b: 2 }), finish("tool-calls")],
      [...text("it's 3"), finish()],
    );

  it("writes the answer from all that was found out; what the agent's own wrote is told apart", async () => {
    const writer = streamModel([...text("The sum ", "is 3."), finish()]);
    const { ports, journal } = worldOf(own(), { writer });
    expect(await runAgent(agent, ports)).toEqual({ status: "COMPLETED", content: "The sum is 3." });
    expect(words(writer.calls[0])).toMatch(/"tool-result".*it's 3.*Write the answer now/);
    expect(writer.calls[0]?.toolChoice).toEqual({ type: "none" });
    const said = journal.events
      .map((event) => toFrame(event, ports.run))
      .filter(({ event }) => event === "RunContent" || event === "RunIntermediateContent")
      .map(({ event, content }) => [event, content]);
    const drafts = said
      .filter(([event]) => event === "RunIntermediateContent")
      .map(([, content]) => content as string);
    const answer = said.filter(([event]) => event === "RunContent").map(([, content]) => content as string);
    expect(drafts.join("")).toBe("Let me add.it's 3");
    expect(answer.join("")).toBe("The sum is 3.");
    expect(journal.bodies("RunCompleted")[0]?.metrics.details).toMatchObject({
      model: [{ id: ports.model.id }],
      output_model: [{ id: "writer" }],
    });
  });

  it("that writes nothing leaves the draft as the answer, and readers get it as one", async () => {
    const { ports, journal } = worldOf(own(), { writer: streamModel([...text(" "), finish()]) });
    expect(await runAgent(agent, ports)).toEqual({ status: "COMPLETED", content: "it's 3" });
    const answer = journal.bodies("RunContent").filter(({ intermediate }) => intermediate !== true);
    expect(
      answer
        .map(({ content }) => content)
        .join("")
        .trim(),
    ).toBe("it's 3");
  });

  it("is what later runs are told was said", async () => {
    const writer = streamModel([...text("The sum is 3."), finish()]);
    const { ports, journal } = worldOf(own(), { writer });
    await runAgent(agent, ports);
    const told = JSON.stringify(messagesFromEvents(journal.events).at(-1));
    expect(told).toContain("The sum is 3.");
    expect(told).not.toContain("it's 3");
  });

  it("wherever a driver died, it is asked once for each answer that came to its end, and the answer is one", async () => {
    const whole = worldOf(own(), { writer: streamModel([...text("The sum ", "is 3."), finish()]) });
    await runAgent(agent, whole.ports);
    const { events } = whole.journal;
    const drafted = events.findLast(({ body }) => body.type === "ModelRequestCompleted")?.index ?? 0;
    const retold = events.find(({ body }) => body.type === "OutputModelResponseCompleted")?.index ?? 0;
    for (let cut = drafted + 1; cut < events.length; cut += 1) {
      const writer = streamModel([...text("Three."), finish()]);
      const left = {
        events: events.filter(({ index }) => index < cut),
        internals: whole.journal.internals,
        blobs: whole.blobs,
      };
      const resumed = resumedPorts(left, whole.ports, { model: streamModel() });
      await runAgent(agent, withOthers(resumed.ports, { writer }));
      const isRetold = cut > retold;
      expect(writer.calls, `cut at ${cut}`).toHaveLength(isRetold ? 0 : 1);
      const content = isRetold ? "The sum is 3." : "Three.";
      expect(resumed.journal.bodies("RunCompleted")[0]?.content).toBe(content);
      const live = liveEvents(resumed.journal.events, whole.ports.run.runId);
      const shown = live.flatMap(({ body }) =>
        body.type === "RunContent" && body.intermediate !== true ? [body.content] : [],
      );
      expect(shown.join("")).toBe(content);
    }
  });

  it.each(["cancelled", "failed"] as const)(
    "of a run that is %s while it writes leaves what it has written as the answer, and no draft",
    async (how) => {
      const source = pushStream();
      const { ports, journal, cancel } = worldOf(own(), { writer: streamModel(() => source.stream) });
      const done = runAgent(agent, ports);
      source.push({ type: "text-start", id: "t" }, { type: "text-delta", id: "t", delta: "The sum " });
      await until(() => journal.text.endsWith("The sum "));
      source.push({ type: "text-delta", id: "t", delta: "is" });
      await new Promise((resolve) => setImmediate(resolve));
      if (how === "cancelled") cancel.abort();
      else source.fail(new Error("The line is dead."));
      const status = how === "cancelled" ? "CANCELLED" : "ERROR";
      expect(await done).toMatchObject({ status, content: "The sum is" });
      expect(journal.appends.at(-1)?.patches?.[0]?.patch).toMatchObject({ status, content: "The sum is" });
      expect(journal.types.slice(journal.types.indexOf("OutputModelResponseStarted"))).toEqual([
        "OutputModelResponseStarted",
        "RunContent",
        ...(how === "cancelled" ? ["RunCancelled", "RunCompleted"] : ["RunError"]),
      ]);
      // Later runs are told what a reader has seen.
      const told = JSON.stringify(messagesFromEvents(journal.events).at(-1));
      expect(told).toContain("The sum is");
      expect(told).not.toContain("it's 3");
    },
  );

  it("that broke off is told the draft again by whoever goes on, and not its own beginning", async () => {
    const source = pushStream();
    const world = worldOf(own(), { writer: streamModel(() => source.stream) });
    const done = runAgent(agent, world.ports);
    source.push({ type: "text-start", id: "t" }, { type: "text-delta", id: "t", delta: "The sum " });
    await until(() => world.journal.text.endsWith("The sum "));
    world.cancel.abort(new HandOver());
    expect((await done).status).toBe("HANDED_OVER");
    const writer = streamModel([...text("Three."), finish()]);
    const left = { events: world.journal.events, internals: world.journal.internals, blobs: world.blobs };
    const resumed = resumedPorts(left, world.ports, {
      model: streamModel(),
      signal: new AbortController().signal,
    });
    expect(await runAgent(agent, withOthers(resumed.ports, { writer }))).toMatchObject({ content: "Three." });
    expect(words(writer.calls[0])).toContain("it's 3");
    expect(words(writer.calls[0])).not.toContain("The sum ");
  });

  it("whose answer hooks have been over is not given to them again by whoever goes on", async () => {
    const signs: Hook = {
      title: "",
      description: "",
      name: "signs",
      when: "post",
      run: ({ content }) => Promise.resolve({ content: `${content} (${++signed})` }),
    };
    let signed = 0;
    const checks = {
      hook: () => signs,
      guardrail: () => undefined,
      moderate: () => Promise.resolve([]),
    };
    const signing = { ...agent, post_hooks: [{ name: "signs", background: false }] };
    const whole = worldOf(own(), { writer: streamModel([...text("The sum is 3."), finish()]) });
    await runAgent(signing, { ...whole.ports, checks });
    const { events, internals } = whole.journal;
    const hooked = events.find(({ body }) => body.type === "PostHookCompleted")?.index ?? 0;
    const left = { events: events.filter(({ index }) => index <= hooked), internals, blobs: whole.blobs };
    const resumed = resumedPorts(left, whole.ports, { model: streamModel(), checks });
    const outcome = await runAgent(signing, withOthers(resumed.ports, {}));
    expect(outcome).toEqual({ status: "COMPLETED", content: "The sum is 3. (1)" });
    expect(signed).toBe(1);
  });

  it("fills the schema itself where there is no parser model", async () => {
    const writer = streamModel([...text('{"name":"Oslo"}'), finish()]);
    const first = streamModel([...text("It is Oslo."), finish()]);
    const { ports, journal } = worldOf(first, { writer });
    await runAgent({ ...agent, output_schema: CITY }, ports);
    expect(first.calls[0]?.responseFormat).toBeUndefined();
    expect(writer.calls[0]?.responseFormat).toMatchObject({ type: "json", schema: CITY });
    expect(journal.bodies("RunCompleted")[0]).toMatchObject({
      content: '{"name":"Oslo"}',
      content_type: "City",
    });
  });
});

describe("a parser model", () => {
  const agent = testAgent({ output_schema: CITY, parser_model: PARSER });

  it("makes JSON of an answer in words", async () => {
    const first = streamModel([...text("It is Oslo."), finish()]);
    const parser = streamModel([...text('{"name":"Oslo"}'), finish()]);
    const { ports, journal } = worldOf(first, { parser });
    await runAgent(agent, ports);
    expect(first.calls[0]?.responseFormat).toBeUndefined();
    expect(words(first.calls[0])).not.toContain("json_schema");
    expect(words(parser.calls[0])).toContain("It is Oslo.");
    expect(journal.bodies("RunCompleted")[0]).toMatchObject({
      content: '{"name":"Oslo"}',
      content_type: "City",
      metrics: { details: { parser_model: [{ id: "parser" }] } },
    });
  });

  it("is told once what is wrong; then the words stay, with a warning", async () => {
    const parser = streamModel([...text("Oslo"), finish()], [...text("Bergen"), finish()]);
    const { ports, journal } = worldOf(streamModel([...text("It is Oslo."), finish()]), { parser });
    await runAgent(agent, ports);
    expect(words(parser.calls[1])).toContain("It is not JSON.");
    expect(journal.bodies("RunCompleted")[0]).toMatchObject({
      content: "It is Oslo.",
      content_type: "str",
      warning: "The answer was kept as text. It is not JSON.",
    });
  });

  it("takes the output model's words, and is not asked again by whoever goes on", async () => {
    const both = { ...agent, output_model: WRITER };
    const whole = worldOf(streamModel([...text("oslo"), finish()]), {
      writer: streamModel([...text("It is Oslo."), finish()]),
      parser: streamModel([...text('{"name":"Oslo"}'), finish()]),
    });
    await runAgent(both, whole.ports);
    const { events, internals } = whole.journal;
    const parsed = events.find(({ body }) => body.type === "ParserModelResponseCompleted")?.index ?? 0;
    for (const cut of [parsed, parsed + 1]) {
      const parser = streamModel([...text('{"name":"Bergen"}'), finish()]);
      const left = { events: events.filter(({ index }) => index < cut), internals, blobs: whole.blobs };
      const resumed = resumedPorts(left, whole.ports, { model: streamModel() });
      await runAgent(both, withOthers(resumed.ports, { parser }));
      expect(words(parser.calls[0])).toContain(cut === parsed ? "It is Oslo." : "[]");
      expect(resumed.journal.bodies("RunCompleted")[0]).toMatchObject({
        content: cut === parsed ? '{"name":"Bergen"}' : '{"name":"Oslo"}',
        content_type: "City",
      });
    }
  });

  it("that fails ends the run with its reason, and what was said is kept", async () => {
    const { ports, journal } = worldOf(streamModel([...text("It is Oslo."), finish()]), {});
    const outcome = await runAgent(agent, ports);
    expect(outcome).toMatchObject({ status: "ERROR", content: "It is Oslo." });
    expect(journal.bodies("RunError")).toHaveLength(1);
  });
});
