import { signTestToken, TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startMockOpenAi } from "#tests/support/mock-openai.ts";
import { startTestServer } from "#tests/support/start-server.ts";
import { applyLoad, type LoadRequest } from "./load-client.ts";
import { type Measurement, percentile } from "./measurement.ts";

const COUNT = 200;

/** Measures what we add to the first token of an OpenAI-compatible server, asked one question at a time. */
export async function addedLatencyBench(): Promise<Measurement[]> {
  const mock = await startMockOpenAi({ chunks: ["Hello ", "there"], delayMs: 0 });
  const server = await startTestServer({ env: { LOG_LEVEL: "error", JWT_VERIFICATION_KEY: TEST_JWT_KEY } });
  try {
    const headers = {
      authorization: `Bearer ${await signTestToken({ sub: "bench" })}`,
      "content-type": "application/json",
    };
    await post(`${server.url}/api/model-providers`, headers, {
      name: "Mock",
      kind: "openai-compatible",
      base_url: mock.url,
      models: ["mock-1"],
    });
    await post(`${server.url}/api/components`, headers, {
      name: "Bench",
      component_id: "bench",
      component_type: "agent",
      stage: "published",
      config: { id: "bench", name: "Bench", model: { provider: "mock", id: "mock-1" } },
    });
    const direct: LoadRequest = {
      method: "POST",
      path: "/chat/completions",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ model: "mock-1", stream: true, messages: [{ role: "user", content: "hello" }] }),
      mustContain: "there",
    };
    const ours: LoadRequest = {
      method: "POST",
      path: "/api/agents/bench/runs",
      headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
      // Only text frames, so that the first byte of the body is the first token.
      body: "message=hello&stream=true&stream_events=false",
      mustContain: "there",
    };
    for (const warmUp of [ours, direct]) {
      await applyLoad(warmUp === ours ? server.url : mock.url, warmUp, { count: 50, concurrency: 1 });
    }
    const throughUs = await applyLoad(server.url, ours, { count: COUNT, concurrency: 1 });
    const alone = await applyLoad(mock.url, direct, { count: COUNT, concurrency: 1 });
    const p50 = (load: typeof alone) =>
      percentile(
        load.samples.map((sample) => sample.firstMs),
        0.5,
      );
    return [
      {
        area: "HTTP",
        what: "added to a provider's first token p50, ms",
        value: (p50(throughUs) - p50(alone)).toFixed(1),
        against: `through us ${p50(throughUs).toFixed(1)}, the mock alone ${p50(alone).toFixed(1)}`,
      },
    ];
  } finally {
    await server.stop();
    await mock.close();
  }
}

async function post(url: string, headers: Record<string, string>, body: unknown): Promise<void> {
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
}
