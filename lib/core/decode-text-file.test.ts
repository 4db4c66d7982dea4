import { expect, it } from "vitest";
import { decodeTextFile } from "./decode-text-file.ts";

const little = Buffer.from("\ufeffJo, Zoë 😀", "utf16le");

it("reads UTF-8 and UTF-16 of both orders, without their marks", () => {
  expect(decodeTextFile(Buffer.from("\ufeffJo, Zoë 😀"))).toBe("Jo, Zoë 😀");
  expect(decodeTextFile(little)).toBe("Jo, Zoë 😀");
  expect(decodeTextFile(Buffer.from(little).swap16())).toBe("Jo, Zoë 😀");
});

it("gives nothing for what only looks like text: UTF-16 without a mark, UTF-32, Latin-1, half a character", () => {
  for (const bytes of [
    little.subarray(2),
    Buffer.from([0xff, 0xfe, 0, 0, 0x4a, 0, 0, 0]),
    Buffer.from("Zoë", "latin1"),
    little.subarray(0, little.byteLength - 1),
  ]) {
    expect(decodeTextFile(bytes)).toBeNull();
  }
});
