import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiClient, apiClient } from "#tests/support/api-client.ts";
import { TEST_JWT_KEY } from "#tests/support/sign-test-token.ts";
import { startTestServer, type TestServer } from "#tests/support/start-server.ts";

const SCOPES = ["agents:run", "sessions:read"];

let server: TestServer;
let ann: ApiClient;
let eve: ApiClient;

beforeAll(async () => {
  server = await startTestServer({
    env: { SCRIPTED_WORD_DELAY_MS: "0", LOG_LEVEL: "error", JWT_VERIFICATION_KEY: TEST_JWT_KEY },
  });
  ann = await apiClient(server.url, { sub: "ann", scopes: SCOPES });
  eve = await apiClient(server.url, { sub: "eve", scopes: SCOPES });
}, 180_000);

afterAll(() => server?.stop());

/** Every byte there is, in an order that is no text in any encoding. */
const BYTES = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 167 + (at >> 8)) % 256);

interface Media {
  id: string;
  url: string;
  filename: string;
  mime_type: string;
  size: number;
}

/** Asks with one file, and says how the finished run names it. */
async function askWith(file: File, sessionId: string): Promise<{ runId: string; media: Media }> {
  const form = new FormData();
  form.set("message", "Look.");
  form.set("stream", "false");
  form.set("session_id", sessionId);
  form.append("files", file);
  const response = await ann.request("/agents/assistant/runs", { method: "POST", body: form });
  const run = (await response.json()) as { run_id: string; input: Record<string, Media[]> };
  const { input_content: _, ...kinds } = run.input;
  const [media] = Object.values(kinds).flat();
  if (media === undefined) throw new Error(`The run names no file: ${JSON.stringify(run)}`);
  return { runId: run.run_id, media };
}

it("gives a file back byte for byte, by the address that the run names it with", async () => {
  const file = new File([BYTES], "Плана (final) ü.webp", { type: "image/webp" });
  const { runId, media } = await askWith(file, "download-1");
  expect(media).toMatchObject({ mime_type: "image/webp", size: BYTES.byteLength });
  expect(media.url).toBe(`/api/runs/${runId}/attachments/${media.id}`);

  const response = await ann.request(media.url.slice("/api".length));
  expect(response.status).toBe(200);
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(BYTES);
  expect(response.headers.get("content-type")).toBe("image/webp");
  expect(response.headers.get("content-disposition")).toMatch(
    /^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''%D0%9F%D0%BB%D0%B0%D0%BD%D0%B0%20%28final%29%20%C3%BC\.webp$/,
  );
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  expect(response.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
  const etag = response.headers.get("etag") ?? "";
  const again = await ann.request(media.url.slice("/api".length), { headers: { "if-none-match": etag } });
  expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0]);

  for (const path of [
    "/sessions/download-1/runs",
    `/sessions/download-1/runs/${runId}`,
    "/sessions/download-1",
    `/agents/assistant/runs/${runId}?session_id=download-1`,
  ]) {
    expect(JSON.stringify((await ann.json("GET", path)).body)).toContain(`"url":"${media.url}"`);
  }
});

it("hands out a web page as bytes only: opened in a browser it must not run on our origin", async () => {
  const page = new File(["<script>alert(1)</script>"], "page.html", { type: "text/html" });
  const { media } = await askWith(page, "download-2");
  const response = await ann.request(media.url.slice("/api".length));
  expect(await response.text()).toBe("<script>alert(1)</script>");
  expect(response.headers.get("content-type")).toBe("application/octet-stream");
  expect(response.headers.get("content-disposition")).toMatch(/^attachment;/);
});

it("does not know of it for strangers, and asks who is there", async () => {
  const { runId, media } = await askWith(new File(["x"], "x.txt", { type: "text/plain" }), "download-3");
  const path = `/runs/${runId}/attachments/${media.id}`;
  expect(await eve.json("GET", path)).toEqual({ status: 404, body: { detail: "Attachment not found" } });
  expect((await eve.json("GET", `/runs/nope/attachments/${media.id}`)).status).toBe(404);
  expect((await ann.json("GET", `/runs/${runId}/attachments/nope`)).status).toBe(404);
  const blind = await apiClient(server.url, { sub: "ann", scopes: ["agents:run"] });
  expect((await blind.json("GET", path)).status).toBe(403);
  expect((await fetch(`${server.url}/api${path}`)).status).toBe(401);
  // The console's address of it wants a sign-in of the console.
  const console = await fetch(`${server.url}/o/default${path}`, { redirect: "manual" });
  expect(console.status).toBe(307);
  expect(console.headers.get("location")).toContain("/sign-in?next=");
});
