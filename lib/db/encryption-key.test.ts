import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { deriveKey, readRootSecret } from "./encryption-key.ts";

describe("the root secret", () => {
  let directory: string;

  beforeEach(() => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), "gatehouse-key-"));
  });

  afterEach(() => {
    fs.rmSync(directory, { recursive: true });
  });

  test("is made once, readable by its owner only, and the same afterwards", () => {
    const source = { secret: undefined, dataDirectory: path.join(directory, "new") };
    const first = readRootSecret(source);
    expect(first).toHaveLength(32);
    expect(readRootSecret(source).equals(first)).toBe(true);
    expect(fs.statSync(path.join(source.dataDirectory, "secret.key")).mode & 0o777).toBe(0o600);
    expect(fs.readdirSync(source.dataDirectory)).toEqual(["secret.key"]);
  });

  test("is the operator's own when given, and no file is written", () => {
    const secret = "a long enough secret";
    expect(readRootSecret({ secret, dataDirectory: directory }).toString()).toBe(secret);
    expect(fs.readdirSync(directory)).toEqual([]);
  });

  test("is refused when it is too short to protect anything", () => {
    expect(() => readRootSecret({ secret: "short", dataDirectory: directory })).toThrow(/at least 16/);
  });

  test("is never replaced when the file is damaged", () => {
    fs.writeFileSync(path.join(directory, "secret.key"), "");
    expect(() => readRootSecret({ secret: undefined, dataDirectory: directory })).toThrow(/backup/);
    expect(fs.readFileSync(path.join(directory, "secret.key"), "utf8")).toBe("");
  });
});

test("every purpose has its own key", () => {
  const root = Buffer.alloc(32, 7);
  expect(deriveKey(root, "a").equals(deriveKey(root, "b"))).toBe(false);
  expect(deriveKey(root, "a").equals(deriveKey(root, "a"))).toBe(true);
});
