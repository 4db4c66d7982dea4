import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { agentFrameSchema } from "#lib/core/agent-frame.ts";
import { runEventBodySchema, type RunEventType } from "#lib/core/run-event.ts";
import type { ReceivedFrame } from "#lib/core/run-view.ts";
import { type ApiClient, apiClient } from "#tests/support/api-client.ts";
import { type EventFlow, makeFlowAgents, runFlow } from "#tests/support/event-flows.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

interface Fields {
  always: string[];
  sometimes: string[];
}

/** The fields of each event as a reference server has sent them, without the cursor. */
const RECORDED = JSON.parse(
  readFileSync(new URL("../../fixtures/wire/agent-event-fields.json", import.meta.url), "utf8"),
) as Record<string, Fields | undefined>;

const BASE = ["created_at", "event", "agent_id", "agent_name", "run_id", "session_id", "nested_depth"];

/** The protocol's description of an event that no recording has. */
const described = (...fields: string[]): Fields => ({ always: [...BASE, ...fields], sometimes: [] });

/** One kind of event has two names on the wire. */
type WireEvent = RunEventType | "RunIntermediateContent";

interface Row {
  flow: EventFlow;
  /** What the protocol says, where there is no recording. */
  described?: Fields;
  /** Fields that the protocol has in other cases than the recorded ones, and those that are ours. */
  more?: string[];
}

/**
 * Every event that a run of an agent may show, and how it is made to. A new one in the union does not compile here
 * without its row.
 */
const EVENTS: Record<WireEvent, Row> = {
  RunStarted: { flow: "plain" },
  ModelRequestStarted: { flow: "plain" },
  ModelRequestCompleted: { flow: "plain", more: ["time_to_first_token"] },
  ReasoningStarted: { flow: "plain", described: described() },
  ReasoningContentDelta: { flow: "plain", described: described("reasoning_content") },
  ReasoningCompleted: { flow: "plain", described: described("content_type"), more: ["content"] },
  RunContent: { flow: "plain" },
  RunIntermediateContent: { flow: "two models", described: described("content", "content_type") },
  RunContentCompleted: { flow: "plain" },
  RunCompleted: { flow: "plain", more: ["reasoning_content", "reasoning_steps"] },
  ReasoningStep: {
    flow: "reasoning",
    described: described("content", "content_type", "reasoning_content"),
  },
  OutputModelResponseStarted: { flow: "two models", described: described() },
  OutputModelResponseCompleted: { flow: "two models", described: described() },
  ParserModelResponseStarted: { flow: "two models", described: described() },
  ParserModelResponseCompleted: { flow: "two models", described: described() },
  ToolCallStarted: { flow: "tool" },
  ToolCallCompleted: { flow: "tool" },
  ToolCallError: { flow: "tool error" },
  CompressionStarted: { flow: "compression", described: described() },
  CompressionCompleted: {
    flow: "compression",
    described: described("tool_results_compressed", "original_size", "compressed_size"),
  },
  FollowupsStarted: { flow: "followups", described: described() },
  FollowupsCompleted: { flow: "followups", described: described("followups") },
  PreHookStarted: { flow: "guardrails", described: described("pre_hook_name", "run_input") },
  PreHookCompleted: { flow: "guardrails", described: described("pre_hook_name", "run_input") },
  PostHookStarted: { flow: "guardrails", described: described("post_hook_name") },
  PostHookCompleted: { flow: "guardrails", described: described("post_hook_name") },
  RunPaused: { flow: "pause" },
  RunContinued: { flow: "continue", more: ["tools", "input"] },
  RunCancelled: { flow: "cancel" },
  RunError: { flow: "error", described: described("content"), more: ["error_type", "error_id"] },
  RunRecovered: { flow: "recovery", described: described("discarded_from_index") },
};

const TYPES: readonly WireEvent[] = [
  ...runEventBodySchema.options.map((option) => option.shape.type.value),
  "RunIntermediateContent",
];

/** The schema of an event as the API's own description publishes it. */
function publishedSchema(): z.ZodType {
  const file = new URL("../../../public/openapi.json", import.meta.url);
  const text = readFileSync(file, "utf8").replaceAll("#/components/schemas/", "#/$defs/");
  const { components } = JSON.parse(text) as { components: { schemas: Record<string, object> } };
  const { schemas } = components;
  return z.fromJSONSchema({ ...schemas["AgentRunEvent"], $defs: schemas } as Parameters<
    typeof z.fromJSONSchema
  >[0]);
}

let server: TestServer;
let ann: ApiClient;
const flows = new Map<EventFlow, Promise<ReceivedFrame[]>>();

beforeAll(async () => {
  server = await startTestServer({
    env: { SCRIPTED_WORD_DELAY_MS: "0", LOG_LEVEL: "error", JWT_VERIFICATION_KEY: TEST_JWT_KEY },
  });
  await makeFlowAgents(await apiClient(server.url, { scopes: ["agent_os:admin"] }));
  ann = await apiClient(server.url, { sub: "ann", scopes: ["agents:read", "agents:run", "sessions:read"] });
}, 180_000);

afterAll(() => server?.stop());

/** The frames of a flow, run once. */
function framesOf(flow: EventFlow): Promise<ReceivedFrame[]> {
  const known = flows.get(flow) ?? runFlow(ann, flow);
  flows.set(flow, known);
  return known;
}

describe("each event of an agent's run, over HTTP", () => {
  it("is in the table", () => {
    expect(Object.keys(EVENTS).toSorted()).toEqual(TYPES.toSorted());
  });

  const published = publishedSchema();
  it.each(TYPES)("%s is sent, as published and as the reference server has it", async (type) => {
    const { flow, described: words, more = [] } = EVENTS[type];
    const frames = (await framesOf(flow)).filter(({ event }) => event === type);
    expect(frames.length, `the flow '${flow}' has none`).toBeGreaterThan(0);
    const theirs = words ?? RECORDED[type];
    if (theirs === undefined) throw new Error(`${type} was not recorded: describe it in the table.`);
    const allowed = [...theirs.always, ...theirs.sometimes, ...more, "event_index"];
    for (const frame of frames) {
      expect(agentFrameSchema.parse(frame)).toEqual(frame);
      expect(published.safeParse(frame).error?.issues).toBeUndefined();
      expect(Object.keys(frame)).toEqual(expect.arrayContaining(theirs.always));
      expect(Object.keys(frame).filter((key) => !allowed.includes(key))).toEqual([]);
    }
  });

  it.each([...new Set(Object.values(EVENTS).map(({ flow }) => flow))])(
    "the flow '%s' shows no event that is not in the table, numbered upwards",
    async (flow) => {
      const frames = await framesOf(flow);
      expect(frames.map(({ event }) => event).filter((event) => !(event in EVENTS))).toEqual([]);
      const indexes = frames.map(({ event_index: index }) => Number(index));
      expect(indexes).toEqual([...new Set(indexes)].toSorted((left, right) => left - right));
    },
  );

  it("the sums of a run name every role that was paid", async () => {
    const rolesOf = async (flow: EventFlow) => {
      const metrics = (await framesOf(flow)).at(-1)?.["metrics"] as { details: object; total_tokens: number };
      const used = Object.values(metrics.details).flat() as { total_tokens: number }[];
      expect(used.reduce((sum, one) => sum + one.total_tokens, 0)).toBe(metrics.total_tokens);
      return Object.keys(metrics.details);
    };
    expect(await rolesOf("plain")).toEqual(["model"]);
    expect(await rolesOf("compression")).toEqual(["model", "compression_model"]);
    expect(await rolesOf("followups")).toEqual(["model", "followup_model"]);
  });
});
