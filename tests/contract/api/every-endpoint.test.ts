import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { CONTRACTS } from "#lib/api/contracts.ts";
import { runOutputSchema } from "#lib/core/run-wire.ts";
import type { ToolExecution } from "#lib/core/tool-execution.ts";
import { type ApiClient, allFrames, apiClient } from "#tests/support/api-client.ts";
import { makeFlowAgents } from "#tests/support/event-flows.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

/** The nouns whose every route is called here. */
const TAGS = ["Agents", "Agent runs", "Sessions", "Approvals", "Requirements", "Attachments"];
const TESTED = CONTRACTS.filter(({ tag }) => TAGS.includes(tag));

interface Call {
  path: string;
  body?: unknown;
  fields?: Record<string, string>;
}

interface Row {
  /** What is asked, of a run that was answered or of an approval that waits. */
  call(): Promise<Call> | Call;
  /** The fields with a value in a reference server's recorded answer; of a list or a page, of its first entry. */
  recorded?: string[];
}

const RUN = [
  "run_id",
  "agent_id",
  "agent_name",
  "session_id",
  "content",
  "content_type",
  "model",
  "model_provider",
  "session_state",
  "created_at",
  "status",
  "metrics",
  "messages",
  "input",
];
const LISTED_RUN = [
  "run_id",
  "parent_run_id",
  "agent_id",
  "user_id",
  "status",
  "run_input",
  "content",
  "run_response_format",
  "reasoning_content",
  "reasoning_steps",
  "metrics",
  "messages",
  "created_at",
  "references",
  "reasoning_messages",
  "session_state",
  "images",
  "videos",
  "audio",
  "files",
  "input_media",
];
const AGENT = [
  "id",
  "name",
  "db_id",
  "description",
  "is_factory",
  "model",
  "tools",
  "sessions",
  "system_message",
];
const SESSION = [
  "user_id",
  "agent_session_id",
  "session_id",
  "session_name",
  "session_state",
  "agent_id",
  "metrics",
  "chat_history",
  "created_at",
  "updated_at",
];
const LISTED_SESSION = [
  "session_id",
  "session_name",
  "session_state",
  "created_at",
  "updated_at",
  "session_type",
  "agent_id",
  "metrics",
  "total_tokens",
];

let server: TestServer;
let admin: ApiClient;
let asked = 0;

beforeAll(async () => {
  server = await startTestServer({
    env: { SCRIPTED_WORD_DELAY_MS: "0", LOG_LEVEL: "error", JWT_VERIFICATION_KEY: TEST_JWT_KEY },
  });
  admin = await apiClient(server.url, { sub: "root", scopes: ["agent_os:admin"] });
  await makeFlowAgents(admin);
  await admin.json("POST", "/components", {
    component_type: "agent",
    component_id: "approving",
    name: "Approving",
    stage: "published",
    config: {
      model: { provider: "scripted", id: "demo-1" },
      tools: ["take_note"],
      tool_settings: { take_note: { approval_type: "required" } },
    },
  });
}, 180_000);

afterAll(() => server?.stop());

/** A run that was answered in a session of its own. */
async function answered(agent = "assistant", message = "hello") {
  asked += 1;
  const session_id = `every-${asked}`;
  const frames = await admin.run(agent, { message, session_id, user_id: "ann" });
  const runId = String(frames[0]?.run_id);
  return { session_id, runId, run: `/agents/${agent}/runs/${runId}`, frames };
}

/** The id of an approval that waits, or that was decided. */
async function approval(decided = false): Promise<string> {
  const { frames } = await answered("approving", '/tool take_note {"text":"milk"}');
  const [held] = (frames.at(-1)?.["tools"] ?? []) as ToolExecution[];
  const id = held?.approval_id ?? "";
  if (decided) await admin.json("POST", `/approvals/${id}/resolve`, { status: "rejected" });
  return id;
}

/** One row for each route; the first test says which has none. */
const ROUTES: Record<string, Row> = {
  list_agents: { call: () => ({ path: "/agents" }), recorded: AGENT },
  get_agent: { call: () => ({ path: "/agents/assistant" }), recorded: AGENT },
  create_agent_run: {
    call: () => ({ path: "/agents/assistant/runs", fields: { message: "hello", stream: "false" } }),
    recorded: [...RUN, "tools"],
  },
  list_agent_runs: {
    async call() {
      const { session_id } = await answered();
      return { path: `/agents/assistant/runs?session_id=${session_id}` };
    },
    recorded: LISTED_RUN,
  },
  get_agent_run: {
    async call() {
      const { run, session_id } = await answered();
      return { path: `${run}?session_id=${session_id}` };
    },
    recorded: RUN,
  },
  cancel_agent_run: {
    async call() {
      const { run, session_id } = await answered();
      return { path: `${run}/cancel?session_id=${session_id}` };
    },
    recorded: [],
  },
  resume_agent_run: {
    async call() {
      const { run, session_id } = await answered();
      return { path: `${run}/resume`, fields: { session_id } };
    },
  },
  continue_agent_run: {
    async call() {
      const { run, session_id } = await answered();
      return { path: `${run}/continue`, fields: { session_id, regenerate: "true", stream: "false" } };
    },
    recorded: [...RUN, "tools", "forked_from_run_id", "forked_from_message_index", "regenerated_from"],
  },
  list_agent_run_checkpoints: {
    async call() {
      const { run, session_id } = await answered();
      return { path: `${run}/checkpoints?session_id=${session_id}` };
    },
    recorded: ["run_id", "session_id", "checkpoints"],
  },
  get_agent_run_checkpoint: {
    async call() {
      const { run, session_id } = await answered();
      return { path: `${run}/checkpoints/1?session_id=${session_id}` };
    },
  },
  fork_agent_session: {
    async call() {
      const { session_id } = await answered();
      return { path: `/agents/assistant/sessions/${session_id}/fork` };
    },
    recorded: ["session_id", "forked_from_session_id"],
  },
  list_sessions: {
    async call() {
      await answered();
      return { path: "/sessions?type=agent&limit=2" };
    },
    recorded: LISTED_SESSION,
  },
  create_session: {
    call: () => ({
      path: "/sessions?type=agent",
      body: { session_name: "mine", agent_id: "assistant", user_id: "u1", session_state: { k: 1 } },
    }),
    recorded: SESSION,
  },
  delete_sessions: {
    async call() {
      const { session_id } = await answered();
      return { path: "/sessions", body: { session_ids: [session_id], session_types: ["agent"] } };
    },
  },
  get_session: {
    async call() {
      const { session_id } = await answered();
      return { path: `/sessions/${session_id}?type=agent` };
    },
    recorded: [...SESSION, "total_tokens", "agent_data"],
  },
  update_session: {
    async call() {
      const { session_id } = await answered();
      const body = { session_state: { k: 2 }, summary: { summary: "Boats.", topics: ["boats"] } };
      return { path: `/sessions/${session_id}?type=agent`, body };
    },
    recorded: [...SESSION, "session_summary"],
  },
  delete_session: {
    async call() {
      const { session_id } = await answered();
      return { path: `/sessions/${session_id}` };
    },
  },
  rename_session: {
    async call() {
      const { session_id } = await answered();
      return { path: `/sessions/${session_id}/rename`, body: { session_name: "renamed" } };
    },
    recorded: SESSION,
  },
  list_session_runs: {
    async call() {
      const { session_id } = await answered();
      return { path: `/sessions/${session_id}/runs?type=agent` };
    },
    recorded: LISTED_RUN,
  },
  get_session_run: {
    async call() {
      const { session_id, runId } = await answered();
      return { path: `/sessions/${session_id}/runs/${runId}` };
    },
    recorded: LISTED_RUN,
  },
  list_requirements: {
    async call() {
      const { runId } = await answered("confirming", '/tool take_note {"text":"milk"}');
      return { path: `/runs/${runId}/requirements` };
    },
  },
  get_attachment: {
    async call() {
      const form = new FormData();
      for (const [name, value] of Object.entries({ message: "Read.", stream: "false" }))
        form.set(name, value);
      form.append("files", new File(["a few words"], "words.txt", { type: "text/plain" }));
      const response = await admin.request("/agents/assistant/runs", { method: "POST", body: form });
      const { input } = runOutputSchema.parse(await response.json());
      return { path: (input.files?.[0]?.url ?? "").replace(/^\/api/, "") };
    },
  },
  list_approvals: {
    async call() {
      await approval();
      return { path: "/approvals?limit=2" };
    },
  },
  count_approvals: { call: () => ({ path: "/approvals/count" }), recorded: ["count"] },
  get_approval: { call: async () => ({ path: `/approvals/${await approval()}` }) },
  get_approval_status: { call: async () => ({ path: `/approvals/${await approval()}/status` }) },
  resolve_approval: {
    call: async () => ({ path: `/approvals/${await approval()}/resolve`, body: { status: "approved" } }),
  },
  delete_approval: { call: async () => ({ path: `/approvals/${await approval(true)}` }) },
};

function send(method: string, { path, body, fields }: Call): Promise<Response> {
  if (fields !== undefined) return admin.open(path, fields);
  return admin.request(path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
}

/** The object that a recording is compared with: an answer, or the first entry of a list or a page. */
function entryOf(body: unknown): object {
  const { data } = body as { data?: unknown };
  const [first] = Array.isArray(body) ? body : Array.isArray(data) ? data : [body];
  return first as object;
}

describe("each route of agents, runs, sessions and approvals", () => {
  it("has its row here", () => {
    expect(Object.keys(ROUTES).toSorted()).toEqual(TESTED.map(({ operationId }) => operationId).toSorted());
  });

  it.each(TESTED.map((contract) => [contract.operationId, contract] as const))(
    "%s answers as published and as the reference server does",
    async (operationId, contract) => {
      const row = ROUTES[operationId];
      if (row === undefined) throw new Error(`There is no row for ${operationId}.`);
      const response = await send(contract.method, await row.call());
      const declared = contract.responses[response.status];
      expect(declared, `${response.status}: ${await response.clone().text()}`).toBeDefined();
      const schema = declared?.schema;
      if (schema === null) {
        expect(await response.text()).toBe("");
        return;
      }
      if (schema === "bytes") {
        expect(await response.text()).toBe("a few words");
        return;
      }
      if (schema === "sse" && response.headers.get("content-type")?.startsWith("text/event-stream")) {
        expect((await allFrames(response)).at(-1)?.event).toBe("RunCompleted");
        return;
      }
      const body: unknown = await response.json();
      // A run with stream=false answers the whole run.
      const exact = schema === "sse" ? runOutputSchema : (schema as z.ZodType);
      expect(exact.parse(body)).toEqual(body);
      expect(Object.keys(entryOf(body))).toEqual(expect.arrayContaining(row.recorded ?? []));
    },
  );
});
