import { expect, it } from "vitest";
import { formatSize } from "./format-size.ts";

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1 kB"],
  [999_499, "999 kB"],
  [999_500, "1.0 MB"],
  [20_000_000, "20.0 MB"],
])("%i bytes read %s", (bytes, words) => {
  expect(formatSize(bytes)).toBe(words);
});
