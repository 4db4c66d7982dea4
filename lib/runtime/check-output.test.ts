import { expect, it } from "vitest";
import type { Hook } from "#lib/core/run-hook.ts";
import type { RunEventBody } from "#lib/core/run-event.ts";
import { resumedPorts } from "#tests/support/resumed-ports.ts";
import { runWorld, testAgent } from "#tests/support/run-ports.ts";
import { finish, streamModel, text } from "#tests/support/stream-model.ts";
import type { CheckPorts, RunPorts } from "./ports.ts";
import { runAgent } from "./run-agent.ts";

const says = (words: string) => streamModel([...text(words), finish()]);
const signs = { name: "signs", background: false };

/** A hook that signs answers: a promise to do it once, by the key that it is given. */
function signer() {
  const keys: string[] = [];
  const hook: Hook = {
    name: "signs",
    title: "",
    description: "",
    when: "post",
    run({ content }, { idempotencyKey }) {
      keys.push(idempotencyKey);
      return Promise.resolve({ content: `${content} (${keys.length})` });
    },
  };
  const checks: CheckPorts = {
    hook: () => hook,
    guardrail: () => undefined,
    moderate: () => Promise.resolve([]),
  };
  return { keys, checks };
}

type World = Pick<ReturnType<typeof runWorld>, "ports" | "journal"> & { blobs: ReadonlyMap<string, string> };

/** What becomes of a run whose driver has died before the event `cut`, and the keys that its hook was given then. */
async function resumedAt(cut: number, agent: ReturnType<typeof testAgent>, { ports, journal, blobs }: World) {
  const { keys, checks } = signer();
  const left = {
    events: journal.events.filter(({ index }) => index < cut),
    internals: journal.internals,
    blobs,
  };
  const next = resumedPorts(left, ports, { checks, model: streamModel() });
  const outcome = await runAgent(agent, next.ports);
  return { outcome, keys };
}

const indexOf = ({ journal }: World, type: RunEventBody["type"]) =>
  journal.events.findLast(({ body }) => body.type === type)?.index ?? Number.NaN;

it("a hook of an answer that an output model wrote is done once, wherever the driver died", async () => {
  const agent = testAgent({ post_hooks: [signs], output_model: { provider: "other", id: "writer" } });
  const { keys, checks } = signer();
  const bindModel: RunPorts["bindModel"] = () => Promise.resolve(says("The sum is 3."));
  const whole = runWorld({ model: says("it's 3"), checks, bindModel });
  const outcome = await runAgent(agent, whole.ports);
  expect(outcome).toEqual({ status: "COMPLETED", content: "The sum is 3. (1)" });
  const retold = indexOf(whole, "OutputModelResponseCompleted");
  const signed = indexOf(whole, "PostHookCompleted");
  expect(retold).toBeLessThan(signed);
  for (let cut = retold + 1; cut < whole.journal.events.length; cut += 1) {
    const resumed = await resumedAt(cut, agent, whole);
    expect(resumed, `cut at ${cut}`).toEqual({ outcome, keys: cut > signed ? [] : keys });
  }
});

it("a hook of an answer to what was added to a run gets the same key before a crash and after it", async () => {
  const agent = testAgent({ post_hooks: [signs] });
  const first = runWorld({ model: says("One."), checks: signer().checks });
  await runAgent(agent, first.ports);
  const [begun] = first.journal.events;
  if (begun === undefined) throw new Error("The run was never begun.");
  const index = first.journal.events.length;
  const body: RunEventBody = { type: "RunContinued", tools: [], input: { content: "And now?" } };
  const events = [...first.journal.events, { ...begun, index, lastIndex: index, body }];
  const left = { events, internals: first.journal.internals, blobs: first.blobs };
  const { keys, checks } = signer();
  const second = resumedPorts(left, first.ports, { checks, model: says("Two.") });
  const outcome = await runAgent(agent, second.ports);
  expect(outcome).toEqual({ status: "COMPLETED", content: "Two. (1)" });
  expect(keys).toEqual([expect.stringContaining(`:${index}:`)]);
  const world = { ...second, blobs: first.blobs };
  expect(await resumedAt(indexOf(world, "PostHookCompleted"), agent, world)).toEqual({ outcome, keys });
});
