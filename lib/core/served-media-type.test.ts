import { expect, it } from "vitest";
import { servedMediaType } from "./served-media-type.ts";

it.each([
  "image/png",
  "audio/mpeg",
  "video/3gpp",
  "text/plain",
  "text/csv",
  "application/pdf",
  "application/json",
])("%s stays what it is", (mediaType) => {
  expect(servedMediaType(mediaType)).toBe(mediaType);
});

it.each([
  "text/html",
  "image/svg+xml",
  "application/xhtml+xml",
  "application/vnd.wap.xhtml+xml",
  "text/xml",
  "application/xml",
  "text/javascript",
  "application/x-javascript",
  "text/css",
  "image/png, text/html",
  "text/plain\ntext/html",
  "TEXT/HTML",
  "",
])("%j is served as bytes: a browser must not run it on our origin", (mediaType) => {
  expect(servedMediaType(mediaType)).toBe("application/octet-stream");
});
