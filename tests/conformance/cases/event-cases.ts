import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { caseEvent } from "../app/case-event.ts";
import type { ConformanceCase } from "../conformance-case.ts";

const sendEvent: ConformanceCase = {
  name: "send-event-from-a-step",
  promise: "step.sendEvent sends its events once, however often the function is called, and gives their ids.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      {
        id: "send-event-from-a-step",
        retries: 0,
        checkpointing: false,
        triggers: [caseEvent("send-event")],
      },
      async ({ event, step }) => {
        const { key } = event.data;
        const { ids } = await step.sendEvent("send", [
          { name: "conformance/send-event-sent", data: { key, n: 1 } },
          { name: "conformance/send-event-sent", data: { key, n: 2 } },
        ]);
        await step.run("one-more", () => null);
        await step.run("end", () => witness.saw(key, "end", ids));
      },
    ),
    inngest.createFunction(
      {
        id: "send-event-receiver",
        retries: 0,
        triggers: [caseEvent<{ n: number }>("send-event-sent")],
      },
      async ({ event, step }) => {
        await step.run("receive", () => witness.saw(event.data.key, "received", [event.data.n, event.id]));
      },
    ),
  ],
  async run({ send, until, seen, atEnd }) {
    await send("send-event");
    const [end] = await until("end");
    const received = await until("received", 2);
    const byNumber = received.map(({ data }) => data as [number, string]).toSorted(([a], [b]) => a - b);
    assert.deepEqual(
      byNumber,
      (end.data as string[]).map((id, index) => [index + 1, id]),
    );
    atEnd(() => assert.equal(seen("received").length, 2));
  },
};

const wildcard: ConformanceCase = {
  name: "wildcard-trigger",
  promise: "A trigger with a wildcard is called by all events that begin like it, and by no others.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "wildcard-trigger", retries: 0, triggers: [{ event: "conformance/wild.*" }] },
      async ({ event, step }) => {
        await step.run("receive", () => witness.saw(event.data.key, "received", event.name));
      },
    ),
  ],
  async run({ send, until, seen, atEnd }) {
    await send("wildcat");
    await send("wild");
    await send("wild.one");
    await send("wild.two.deep");
    await until("received", 2);
    atEnd(() => {
      const names = seen("received").map(({ data }) => String(data));
      assert.deepEqual(names.toSorted(), ["conformance/wild.one", "conformance/wild.two.deep"]);
    });
  },
};

const expression: ConformanceCase = {
  name: "expression-trigger",
  promise: "A trigger with an expression is called by the events of which it is true.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      {
        id: "expression-trigger",
        retries: 0,
        triggers: [
          {
            event: "conformance/expression",
            if: "event.data.n > 5 && event.data.kind == 'big' || event.data.always == true",
          },
        ],
      },
      async ({ event, step }) => {
        await step.run("receive", () => witness.saw(event.data.key, "received", event.data.tag));
      },
    ),
  ],
  async run({ send, until, seen, atEnd }) {
    await send("expression", { tag: "small", n: 5, kind: "big" });
    await send("expression", { tag: "other kind", n: 6, kind: "small" });
    await send("expression", { tag: "fields missing" });
    await send("expression", { tag: "big", n: 6, kind: "big" });
    await send("expression", { tag: "fraction", n: 5.5, kind: "big" });
    await send("expression", { tag: "always", always: true });
    await until("received", 3);
    atEnd(() => {
      const tags = seen("received").map(({ data }) => String(data));
      assert.deepEqual(tags.toSorted(), ["always", "big", "fraction"]);
    });
  },
};

const severalTriggers: ConformanceCase = {
  name: "several-triggers-and-functions",
  promise:
    "A function may have several triggers, and an event starts every function that it triggers, once each.",
  functions: ({ inngest, witness }) =>
    ["left", "right"].map((side) =>
      inngest.createFunction(
        {
          id: `several-triggers-${side}`,
          retries: 0,
          triggers: [{ event: "conformance/several.both" }, { event: `conformance/several.${side}` }],
        },
        async ({ event, step }) => {
          await step.run("receive", () => witness.saw(event.data.key, side, event.name));
        },
      ),
    ),
  async run({ send, until, seen, atEnd }) {
    await send("several.both");
    await send("several.left");
    await send("several.right");
    await Promise.all([until("left", 2), until("right", 2)]);
    atEnd(() => {
      for (const side of ["left", "right"]) {
        const names = seen(side).map(({ data }) => String(data));
        assert.deepEqual(names.toSorted(), ["conformance/several.both", `conformance/several.${side}`]);
      }
    });
  },
};

const repeatedId: ConformanceCase = {
  name: "event-id-dedupe",
  promise: "An event whose id the engine has seen starts nothing again.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "event-id-dedupe", retries: 0, triggers: [caseEvent<{ n: number }>("repeated-id")] },
      async ({ event, step }) => {
        await step.run("receive", () => witness.saw(event.data.key, "received", event.data.n));
      },
    ),
  ],
  async run({ key, send, until, seen, atEnd }) {
    await send("repeated-id", { n: 1 }, `${key}-one`);
    await until("received");
    await send("repeated-id", { n: 2 }, `${key}-one`);
    await Promise.all([3, 4, 5].map((n) => send("repeated-id", { n }, `${key}-two`)));
    await send("repeated-id", { n: 6 }, `${key}-three`);
    await until("received", 3);
    atEnd(() => {
      const numbers = seen("received").map(({ data }) => Number(data));
      assert.equal(numbers.length, 3);
      assert.ok(numbers.includes(1) && numbers.includes(6) && !numbers.includes(2));
    });
  },
};

const repeatedRequest: ConformanceCase = {
  name: "repeated-send-request",
  promise: "A send that the SDK repeats, with the same seed for ids, starts nothing again.",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "repeated-send-request", retries: 0, triggers: [caseEvent<{ n: number }>("repeated-send")] },
      async ({ event, step }) => {
        await step.run("receive", () => witness.saw(event.data.key, "received", event.data.n));
      },
    ),
  ],
  async run({ key, engine, until, seen, atEnd }) {
    const seed = `${Date.now()},${randomBytes(10).toString("base64")}`;
    const events = [1, 2, 3].map((n) => ({ name: "conformance/repeated-send", data: { key, n } }));
    const post = async () => {
      const response = await fetch(engine.eventUrl, {
        method: "POST",
        headers: { "content-type": "application/json", "x-inngest-event-id-seed": seed },
        body: JSON.stringify(events),
      });
      assert.equal(response.status, 200);
      const { ids } = (await response.json()) as { ids: string[] };
      return ids;
    };
    const first = await post();
    assert.equal(new Set(first).size, 3, "three events have three ids");
    assert.deepEqual(await post(), first);
    await until("received", 3);
    atEnd(() => assert.equal(seen("received").length, 3));
  },
};

/** What events promise. */
export const EVENT_CASES: readonly ConformanceCase[] = [
  sendEvent,
  wildcard,
  expression,
  severalTriggers,
  repeatedId,
  repeatedRequest,
];
