import { expect, test } from "vitest";
import { acceptedMediaType } from "./accepted-media-type.ts";

test.each([
  ["photo.bin", "image/png", "image/png"],
  ["photo.PNG", "application/octet-stream", "image/png"],
  ["notes.md", "", "text/markdown"],
  ["setup.exe", "application/x-msdownload", null],
  ["setup.exe", "application/octet-stream", null],
  ["setup.pdf", "application/x-msdownload", null],
  ["constructor", "", null],
])("%s sent as %j counts as %j", (filename, mediaType, expected) => {
  expect(acceptedMediaType({ filename, mediaType })).toBe(expected);
});
