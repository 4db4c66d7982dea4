import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Scope } from "#lib/core/scope.ts";
import { journalWriter } from "#lib/db/journal-writer.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { newRun } from "#tests/support/new-run.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { answerAttachment } from "./answer-attachment.ts";

let db: TestDatabase;

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

const bytes = Buffer.from([0, 255, 13, 10, 26, 128]);
const hash = createHash("sha256").update(bytes).digest("hex");

/** A run of that scope's subject with one file; `kept` false leaves the file's bytes out. */
async function runWithFile(scope: Scope, { mediaType = "image/png", kept = true } = {}) {
  const attachment = { id: randomUUID(), filename: "a.png", mime_type: mediaType, size: 6, hash };
  const run = newRun({
    subject: scope.subject,
    input: { content: "Look.", attachments: [attachment] },
    blobs: kept ? [{ hash, mediaType, bytes }] : [],
  });
  expect((await journalWriter().createRun(scope, run)).kind).toBe("created");
  return { runId: run.runId, attachmentId: attachment.id };
}

it("gives the bytes back as a download that no browser runs", async () => {
  const scope = await makeScope({ subject: "ann" });
  const { runId, attachmentId } = await runWithFile(scope);
  const answer = await answerAttachment(scope, runId, attachmentId, null);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
  expect(Object.fromEntries(answer.headers)).toEqual({
    "cache-control": "private, no-cache",
    "content-disposition": `attachment; filename="a.png"; filename*=UTF-8''a.png`,
    "content-length": "6",
    "content-security-policy": "default-src 'none'; sandbox",
    "content-type": "image/png",
    etag: `"${hash}"`,
    "x-content-type-options": "nosniff",
  });
});

it("never serves a page, a script or a drawing with scripts under its own type", async () => {
  const scope = await makeScope({ subject: "ann" });
  for (const mediaType of ["text/html", "image/svg+xml", "text/xml", "text/javascript"]) {
    const { runId, attachmentId } = await runWithFile(scope, { mediaType });
    const answer = await answerAttachment(scope, runId, attachmentId, null);
    expect(answer.headers.get("content-type")).toBe("application/octet-stream");
  }
});

it("sends nothing again that the browser has", async () => {
  const scope = await makeScope({ subject: "ann" });
  const { runId, attachmentId } = await runWithFile(scope);
  const answer = await answerAttachment(scope, runId, attachmentId, `"${hash}"`);
  expect([answer.status, await answer.text()]).toEqual([304, ""]);
});

it("has nothing for another subject, another organization, another run's file, or bytes that are gone", async () => {
  const scope = await makeScope({ subject: "ann" });
  const { runId, attachmentId } = await runWithFile(scope);
  const other = await runWithFile(scope);
  const notFound = { code: "not_found" };
  const ask = (who: Scope, run: string, file: string) => answerAttachment(who, run, file, `"${hash}"`);
  const eve = await makeScope({ subject: "eve", organizationId: scope.organizationId });
  await expect(ask(eve, runId, attachmentId)).rejects.toMatchObject(notFound);
  const elsewhere = await makeScope({ subject: "ann" });
  await runWithFile(elsewhere);
  await expect(ask(elsewhere, runId, attachmentId)).rejects.toMatchObject(notFound);
  await expect(ask(scope, other.runId, attachmentId)).rejects.toMatchObject(notFound);
  await expect(ask(scope, runId, "nope")).rejects.toMatchObject(notFound);
  await expect(ask(scope, "nope", attachmentId)).rejects.toMatchObject(notFound);

  const alone = await makeScope({ subject: "ann" });
  const gone = await runWithFile(alone, { kept: false });
  await expect(answerAttachment(alone, gone.runId, gone.attachmentId, null)).rejects.toMatchObject(notFound);
  const administrator = await makeScope({ organizationId: scope.organizationId });
  expect((await ask(administrator, runId, attachmentId)).status).toBe(304);
});
