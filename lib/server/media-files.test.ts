import { expect, test } from "vitest";
import { runRequestSchema } from "#lib/core/run-request.ts";
import { mediaFiles } from "./media-files.ts";

const base64 = (text: string) => Buffer.from(text, "latin1").toString("base64");
const read = (fields: Record<string, unknown>) =>
  mediaFiles(runRequestSchema.parse({ message: "hi", ...fields })).map(({ filename, mediaType, bytes }) => [
    filename,
    mediaType,
    Buffer.from(bytes).toString("latin1"),
  ]);

test("media come as agno's client sends them, in JSON text, and as a list", () => {
  const images = [
    { id: "82502ac6", format: "png", mime_type: "image/png", content: base64("\x89PNG\r\n") },
    { id: "b2a5c890", content: base64("\xff\xd8\xff\xe0") },
  ];
  const audio = [{ id: "3c21714c", format: "wav", sample_rate: 24_000, content: base64("RIFF") }];
  const videos = [{ id: "4de89ebd", format: "mp4", content: base64("mp4") }];
  const input_files = [
    { content: "hello", mime_type: "text/plain", filename: "a.txt", name: "A" },
    { content: "TestData", mime_type: "text/plain", filename: "b.txt" },
    { content: base64("%PDF"), mime_type: "application/pdf", filename: "../c.pdf" },
    { content: "# no type, and no base64", filename: "d.md" },
  ];
  const expected = [
    ["image.png", "image/png", "\x89PNG\r\n"],
    ["image", "image/jpeg", "\xff\xd8\xff\xe0"],
    ["audio.wav", "", "RIFF"],
    ["video.mp4", "", "mp4"],
    ["a.txt", "text/plain", "hello"],
    ["b.txt", "text/plain", "TestData"],
    ["c.pdf", "application/pdf", "%PDF"],
    ["d.md", "", "# no type, and no base64"],
  ];
  const fields = { images, audio, videos, input_files };
  expect(read(fields)).toEqual(expected);
  const asText = Object.entries(fields).map(([name, list]) => [name, JSON.stringify(list)]);
  expect(read(Object.fromEntries(asText) as Record<string, unknown>)).toEqual(expected);
  // A form's reader gives a field that may repeat as a list.
  const asTexts = asText.map(([name, text]) => [name, [text]]);
  expect(read(Object.fromEntries(asTexts) as Record<string, unknown>)).toEqual(expected);
  expect(read({ images: "", audio: null, videos: [""], input_files: [] })).toEqual([]);
});

test("an address or a path is refused, not quietly left out", () => {
  for (const medium of [{ url: "https://example.com/a.png" }, { filepath: "/etc/passwd" }, { content: "" }]) {
    const parsed = runRequestSchema.safeParse({ message: "hi", images: JSON.stringify([medium]) });
    expect(parsed.error?.issues[0]?.message).toContain("Send the content itself");
  }
});

test("what is no list, no JSON or no base64 is a 422 at its field", () => {
  for (const images of [
    "nope",
    ["nope"],
    "{}",
    '"x"',
    "[1]",
    JSON.stringify(Array(21).fill({ content: "aGk=" })),
  ]) {
    expect(runRequestSchema.safeParse({ message: "hi", images }).success, JSON.stringify(images)).toBe(false);
  }
  expect(() => read({ images: [{ content: "not base64!" }] })).toThrowError(
    expect.objectContaining({ status: 422 }) as Error,
  );
});
