import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiClient, apiClient } from "#tests/support/api-client.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";
import { HOSTILE_TEXTS } from "./hostile-texts.ts";

const LONGEST_INSTRUCTIONS = 200_000;
const LONGEST_NAME = 200;
const model = { provider: "scripted", id: "demo-1" };

let server: TestServer;
let api: ApiClient;

beforeAll(async () => {
  server = await startTestServer({
    env: { SCRIPTED_WORD_DELAY_MS: "0", LOG_LEVEL: "error", JWT_VERIFICATION_KEY: TEST_JWT_KEY },
  });
  api = await apiClient(server.url);
}, 240_000);

afterAll(() => server?.stop());

const texts = HOSTILE_TEXTS.map(([name, text], index) => ({ name, text, id: `hostile-${index}` }));

async function json(response: Response): Promise<Record<string, unknown>> {
  expect(response.headers.get("content-type")).toMatch(/^application\/json/);
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  return (await response.json()) as Record<string, unknown>;
}

function multipart(text: string): FormData {
  const form = new FormData();
  form.set("message", text);
  form.set("stream", "false");
  return form;
}

describe("a question is kept and comes back as it was asked", () => {
  it.each(texts)("$name", async ({ text, id }) => {
    const answer = await api.open("/agents/assistant/runs", {
      message: text,
      session_id: id,
      stream: "false",
    });
    const run = await json(answer);
    expect(answer.status).toBe(200);
    expect(run.input).toEqual({ input_content: text });
    const runs = await json(await api.request(`/sessions/${id}/runs?type=agent`));
    expect((runs as unknown as { run_input: string }[])[0]?.run_input).toBe(text);
    const again = await json(
      await api.request(`/agents/assistant/runs/${String(run.run_id)}?session_id=${id}`),
    );
    expect(again).toEqual(run);
  });

  it.each(texts.filter(({ text }) => !/\r|\n/.test(text)))(
    "$name, in JSON and in a multipart form",
    async ({ text }) => {
      const answers = await Promise.all([
        api.request("/agents/assistant/runs", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ message: text, stream: false }),
        }),
        api.request("/agents/assistant/runs", { method: "POST", body: multipart(text) }),
      ]);
      for (const answer of answers) expect((await json(answer)).input).toEqual({ input_content: text });
    },
  );
});

describe("an agent's texts are kept as they were written", () => {
  it.each(texts)("$name", async ({ text, id }) => {
    const instructions = text.slice(0, LONGEST_INSTRUCTIONS).toWellFormed();
    const session_state = { [text.slice(0, LONGEST_NAME).toWellFormed()]: instructions };
    const answer = await api.json("POST", "/components", {
      name: id,
      component_type: "agent",
      stage: "published",
      config: { model, instructions, session_state, description: text.slice(0, LONGEST_NAME).toWellFormed() },
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    const current = await api.json("GET", `/components/${id}/configs/current`);
    expect((current.body as { config: unknown }).config).toMatchObject({ instructions, session_state });
    const agent = await api.json("GET", `/agents/${id}`);
    expect(agent.body).toMatchObject({
      description: text.slice(0, LONGEST_NAME).toWellFormed(),
      system_message: { instructions },
    });
  });
});

describe("a session's name and state are kept as they were given", () => {
  it.each(texts)("$name", async ({ text, id }) => {
    // In marks of its own: a name loses the spaces around it.
    const session_name = `«${text.slice(0, LONGEST_NAME).toWellFormed()}»`;
    const state = { text };
    await api.json("PATCH", `/sessions/${id}?type=agent`, { session_name, session_state: state });
    const session = await api.json("GET", `/sessions/${id}?type=agent`);
    expect(session.status).toBe(200);
    expect(session.body).toMatchObject({ session_name, session_state: state });
    const found = await api.json(
      "GET",
      `/sessions?session_name=${encodeURIComponent(session_name)}&limit=1000`,
    );
    const ids = (found.body as { data: { session_id: string }[] }).data.map((row) => row.session_id);
    expect(ids).toContain(id);
  });
});

it("there were 50 or more, and the server logged no failure", () => {
  expect(HOSTILE_TEXTS.length).toBeGreaterThanOrEqual(50);
  expect(server.output()).not.toContain("A request failed");
});
