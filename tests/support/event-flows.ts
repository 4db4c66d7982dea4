import { readFrames } from "#lib/client/read-frames.ts";
import type { ReceivedFrame } from "#lib/core/run-view.ts";
import { type ApiClient, allFrames } from "./api-client.ts";

/** Ways of running an agent that between them show every event. */
export type EventFlow =
  | "plain"
  | "tool"
  | "tool error"
  | "compression"
  | "followups"
  | "reasoning"
  | "two models"
  | "guardrails"
  | "pause"
  | "continue"
  | "cancel"
  | "error"
  | "recovery";

const MODEL = { provider: "scripted", id: "demo-1" };
const LONG = { text: "A long text that a model would rather not read once more. ".repeat(5) };

/** The agents that the flows need, by id. */
const AGENTS = {
  caring: {
    tools: ["get_session_state"],
    session_state: LONG,
    compress_tool_results: true,
  },
  suggesting: { followups: true, num_followups: 2 },
  guarded: {
    guardrails: [
      { kind: "pii", applies_to: ["input"] },
      { kind: "pii", action: "refuse", types: ["ssn"], applies_to: ["output"] },
    ],
  },
  thinking: { tools: ["think", "analyze"] },
  "in-two": {
    output_model: MODEL,
    parser_model: MODEL,
    output_schema: {
      title: "Verdict",
      type: "object",
      properties: { verdict: { type: "string" } },
      required: ["verdict"],
    },
  },
  confirming: { tools: ["take_note"], tool_settings: { take_note: { requires_confirmation: true } } },
};

/** Makes the flows' agents. `admin` may write components. */
export async function makeFlowAgents(admin: ApiClient): Promise<void> {
  for (const [name, config] of Object.entries(AGENTS)) {
    const { status, body } = await admin.json("POST", "/components", {
      component_type: "agent",
      component_id: name,
      name,
      stage: "published",
      config: { model: MODEL, ...config },
    });
    if (status !== 201) throw new Error(`The agent ${name} was not made: ${JSON.stringify(body)}`);
  }
}

/** Runs a flow over HTTP and returns the frames of its stream. */
export async function runFlow(client: ApiClient, flow: EventFlow): Promise<ReceivedFrame[]> {
  const session_id = `flow-${flow.replaceAll(" ", "-")}`;
  const ask = (agent: string, message: string) => client.run(agent, { message, session_id });
  const goOn = async (agent: string, frames: readonly ReceivedFrame[], fields: Record<string, string>) =>
    allFrames(
      await client.open(`/agents/${agent}/runs/${String(frames[0]?.run_id)}/continue`, {
        session_id,
        ...fields,
      }),
    );
  switch (flow) {
    case "plain":
      return ask("assistant", "hello");
    case "tool":
      return ask("assistant", '/tool calculator {"expression":"6*7"}');
    case "tool error":
      return ask("assistant", "/tool calculator {}");
    case "compression":
      return ask("caring", Array.from({ length: 3 }, () => "/tool get_session_state {}").join("\n"));
    case "followups":
      return ask("suggesting", "How do tides work?");
    case "reasoning":
      return ask("thinking", `/tool think ${JSON.stringify({ title: "Plan", thought: "First the tides." })}`);
    case "two models":
      return ask("in-two", "How do tides work?");
    case "guardrails":
      return ask("guarded", "My card is 4111 1111 1111 1111");
    case "pause":
      return ask("confirming", '/tool take_note {"text":"milk"}');
    case "continue": {
      const frames = await ask("confirming", '/tool take_note {"text":"bread"}');
      const [held] = (frames.at(-1)?.["tools"] ?? []) as object[];
      return goOn("confirming", frames, { tools: JSON.stringify([{ ...held, confirmed: true }]) });
    }
    case "cancel":
      return cancelled(client, session_id);
    case "error":
      return ask("assistant", "/error no");
    case "recovery":
      return goOn("assistant", await ask("assistant", "/error no"), { input: "hello" });
  }
}

async function cancelled(client: ApiClient, session_id: string): Promise<ReceivedFrame[]> {
  const response = await client.open("/agents/assistant/runs", { message: "/slow 5 /long 2000", session_id });
  const frames: ReceivedFrame[] = [];
  let asked = false;
  for await (const frame of readFrames(response)) {
    frames.push(frame);
    if (asked || frame.event !== "RunContent") continue;
    asked = true;
    await client.json(
      "POST",
      `/agents/assistant/runs/${String(frame.run_id)}/cancel?session_id=${session_id}`,
    );
  }
  return frames;
}
