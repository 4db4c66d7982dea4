import { expect, it } from "vitest";
import type { ConversationFile } from "#lib/core/conversation.ts";
import type { ApiConnection } from "./api-request.ts";
import { attachmentFile } from "./attachment-file.ts";

const file: ConversationFile = {
  filename: "figures.csv",
  mediaType: "text/csv",
  sizeBytes: 3,
  stored: null,
  blob: null,
};

function connectionTo(answer: () => Promise<Response>, asked: string[] = []): ApiConnection {
  return {
    baseUrl: "/api",
    fetch: (url) => {
      asked.push(url instanceof Request ? url.url : url.toString());
      return answer();
    },
  };
}

it("takes the bytes that the page has, and asks nobody", async () => {
  const nobody = connectionTo(() => Promise.reject(new Error("asked")));
  const again = await attachmentFile(nobody, { ...file, blob: new Blob(["a,b"]) });
  expect([again.name, again.type, await again.text()]).toEqual(["figures.csv", "text/csv", "a,b"]);
});

it("takes them from the run that they came with, under the type that they were asked with", async () => {
  const asked: string[] = [];
  const connection = connectionTo(
    () => Promise.resolve(new Response("a,b", { headers: { "content-type": "application/octet-stream" } })),
    asked,
  );
  const again = await attachmentFile(connection, { ...file, stored: { runId: "r 1", attachmentId: "a" } });
  expect(asked).toEqual(["/api/runs/r%201/attachments/a"]);
  expect([again.name, again.type, await again.text()]).toEqual(["figures.csv", "text/csv", "a,b"]);
});

it("says plainly which file has to be attached again", async () => {
  const sentence = "figures.csv could not be read again. Attach it again and ask.";
  const gone = connectionTo(() => Promise.resolve(Response.json({ detail: "Not found" }, { status: 404 })));
  const stored = { runId: "r", attachmentId: "a" };
  await expect(attachmentFile(gone, { ...file, stored })).rejects.toThrow(sentence);
  await expect(attachmentFile(gone, file)).rejects.toThrow(sentence);
});
