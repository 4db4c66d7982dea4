import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { acceptFiles } from "./accept-files.ts";

const bytes = new TextEncoder().encode("abc");
const hash = createHash("sha256").update(bytes).digest("hex");

it("takes each file under its accepted type, in the journal's words and for the driver alike", () => {
  const files = acceptFiles([
    { filename: "a.PNG", mediaType: "application/octet-stream", bytes },
    { filename: "b.txt", mediaType: "TEXT/PLAIN", bytes },
  ]);
  expect(files.map(({ mediaType }) => mediaType)).toEqual(["image/png", "text/plain"]);
  expect(files.map(({ attachment }) => attachment)).toEqual([
    { id: expect.any(String), filename: "a.PNG", mime_type: "image/png", size: 3, hash },
    { id: expect.any(String), filename: "b.txt", mime_type: "text/plain", size: 3, hash },
  ]);
});

it("skips empty files and refuses a kind that is not taken", () => {
  const empty = { filename: "empty.bin", mediaType: "application/x-unknown", bytes: new Uint8Array() };
  expect(acceptFiles([empty])).toEqual([]);
  expect(() => acceptFiles([{ ...empty, bytes }])).toThrow("Unsupported file type: empty.bin");
});
