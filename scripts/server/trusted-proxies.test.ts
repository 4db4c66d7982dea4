import { describe, expect, test } from "vitest";
import { plainAddress, trustedProxies } from "./trusted-proxies.ts";

describe("the list of trusted proxies", () => {
  const isTrusted = trustedProxies("127.0.0.1, 10.1.0.0/16,::ffff:192.0.2.7, 2001:db8::/32 ,[::1]");

  test.each(["127.0.0.1", "10.1.255.3", "192.0.2.7", "2001:db8:0:1::9", "::1", "::ffff:10.1.2.3"])(
    "covers %s",
    (address) => expect(isTrusted(address)).toBe(true),
  );

  test.each(["127.0.0.2", "10.2.0.1", "192.0.2.8", "2001:db9::1", "::2", "", "unknown"])(
    "does not cover %s",
    (address) => expect(isTrusted(address)).toBe(false),
  );

  test.each([undefined, "", " , "])("is empty when it names nobody: %j", (configured) =>
    expect(trustedProxies(configured)("127.0.0.1")).toBe(false),
  );

  test.each(["localhost", "10.0.0.0/33", "10.0.0", "10.0.0.0/", "*", "10.0.0.1;10.0.0.2"])(
    "refuses the entry %s in a sentence",
    (entry) => expect(() => trustedProxies(`127.0.0.1, ${entry}`)).toThrow(`'${entry}' is neither`),
  );
});

test.each<[string, string | null]>([
  ["203.0.113.9", "203.0.113.9"],
  ["203.0.113.9:51022", "203.0.113.9"],
  ["::ffff:203.0.113.9", "203.0.113.9"],
  ["[2001:DB8::0:1]:443", "2001:db8::1"],
  ["[2001:db8::1]", "2001:db8::1"],
  ["unknown", null],
  ["_hidden", null],
  ["127.1", null],
  ["0x7f000001", null],
  ["2130706433", null],
  ["127.0.0.1.", null],
  ["", null],
])("the address in %j is %j", (text, address) => expect(plainAddress(text)).toBe(address));
