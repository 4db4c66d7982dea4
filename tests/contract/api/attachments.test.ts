import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDatabase } from "#lib/db/open-database.ts";
import { type ApiClient, apiClient } from "#tests/support/api-client.ts";
import { type MockServer, startMockOpenAi } from "#tests/support/mock-openai.ts";
import { dropServerDatabase, serverDatabase } from "#tests/support/server-database.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

const dataDirectory = mkdtempSync(path.join(tmpdir(), "gatehouse-attachments-"));
let server: TestServer;
let mock: MockServer;
let ann: ApiClient;
let eve: ApiClient;

beforeAll(async () => {
  mock = await startMockOpenAi({ models: ["mock-1"], chunks: ["Seen."] });
  server = await startTestServer({
    dataDirectory,
    env: { SCRIPTED_WORD_DELAY_MS: "0", LOG_LEVEL: "error", JWT_VERIFICATION_KEY: TEST_JWT_KEY },
  });
  const admin = await apiClient(server.url, { sub: "root", scopes: ["agent_os:admin"] });
  ann = await apiClient(server.url, { sub: "ann", scopes: ["agents:run"] });
  eve = await apiClient(server.url, { sub: "eve", scopes: ["agents:run"] });
  await admin.json("POST", "/model-providers", {
    kind: "openai-compatible",
    name: "Vendor",
    base_url: mock.url,
    models: ["mock-1"],
  });
  const config = { model: { provider: "vendor", id: "mock-1" } };
  const agent = { name: "Mocked", component_type: "agent", stage: "published", config };
  expect((await admin.json("POST", "/components", agent)).status).toBe(201);
}, 180_000);

afterAll(async () => {
  await server?.stop();
  await mock?.close();
  rmSync(dataDirectory, { recursive: true, force: true });
  await dropServerDatabase(dataDirectory);
});

interface Upload {
  name: string;
  type: string;
  content: string;
}

async function ask(
  client: ApiClient,
  agentId: string,
  fields: Record<string, string>,
  uploads: readonly Upload[],
  key?: string,
): Promise<{ status: number; body: unknown }> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ message: "Look.", stream: "false", ...fields })) {
    form.set(name, value);
  }
  for (const { name, type, content } of uploads) form.append("files", new File([content], name, { type }));
  const response = await client.request(`/agents/${agentId}/runs`, {
    method: "POST",
    body: form,
    headers: key === undefined ? {} : { "idempotency-key": key },
  });
  return { status: response.status, body: (await response.json()) as unknown };
}

it("reaches the model under the type that it counts as, not under the one claimed", async () => {
  const upload = { name: "pixel.png", type: "application/octet-stream", content: "not really a picture" };
  const { status, body } = await ask(ann, "mocked", {}, [upload]);
  expect(status).toBe(200);
  expect(body).toMatchObject({ input: { images: [{ filename: "pixel.png", mime_type: "image/png" }] } });
  expect(JSON.stringify(mock.requests.at(-1)?.body)).toContain("data:image/png;base64,");
});

it("is a question without a word", async () => {
  const upload = { name: "note.txt", type: "text/plain", content: "read me" };
  expect((await ask(ann, "mocked", { message: "" }, [upload])).status).toBe(200);
  expect((await ask(ann, "mocked", { message: "" }, [])).status).toBe(422);
});

it("comes in a field, too, as agno's client sends it, and an address is refused", async () => {
  const images = JSON.stringify([{ id: "1", mime_type: "image/png", content: "iVBORw0KGgo=" }]);
  const { status, body } = await ask(ann, "mocked", { images }, []);
  expect(status).toBe(200);
  expect(body).toMatchObject({ input: { images: [{ filename: "image", mime_type: "image/png", size: 8 }] } });
  expect(JSON.stringify(mock.requests.at(-1)?.body)).toContain("data:image/png;base64,iVBORw0KGgo=");
  const elsewhere = JSON.stringify([{ url: "https://example.com/a.png" }]);
  expect((await ask(ann, "mocked", { images: elsewhere }, [])).status).toBe(422);
});

const CONTENTS = [
  "kept",
  "foreign session",
  "other component",
  "other request",
  "unknown agent",
  "beside a bad one",
] as const;

it("leaves no bytes behind when its run is refused, and keeps those of a run that is not", async () => {
  const text = (content: (typeof CONTENTS)[number]): Upload => ({
    name: "note.txt",
    type: "text/plain",
    content,
  });
  const session = { session_id: "kept" };
  const answers = [
    await ask(ann, "assistant", session, [text("kept")], "key"),
    await ask(ann, "assistant", session, [text("kept")], "key"),
    await ask(eve, "assistant", session, [text("kept"), text("foreign session")]),
    await ask(ann, "mocked", session, [text("other component")]),
    await ask(ann, "assistant", session, [text("other request")], "key"),
    await ask(ann, "nobody", {}, [text("unknown agent")]),
    await ask(ann, "assistant", {}, [
      text("beside a bad one"),
      { name: "x.exe", type: "application/x-msdownload", content: "x" },
    ]),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 409, 422, 404, 400]);
  // The embedded database belongs to one process: it is read once no server holds it.
  await server.stop();
  const stored = await openDatabase({ dataDirectory, databaseUrl: await serverDatabase(dataDirectory) });
  try {
    const { rows } = await stored.pool.query<{ text: string }>(
      `SELECT convert_from(data, 'UTF8') AS text FROM "Blob" WHERE hash = ANY($1)`,
      [CONTENTS.map((content) => createHash("sha256").update(content).digest("hex"))],
    );
    expect(rows).toEqual([{ text: "kept" }]);
  } finally {
    await stored.close();
  }
});
