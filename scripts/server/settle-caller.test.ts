import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LOCAL_CALLER_HEADER } from "#lib/core/local-caller-header.ts";
import { settleCaller } from "./settle-caller.ts";
import { trustedProxies } from "./trusted-proxies.ts";

const isTrusted = trustedProxies("10.0.0.0/8, 127.0.0.1");

function settled(remoteAddress: string, given: IncomingHttpHeaders, trust = isTrusted) {
  const headers: IncomingHttpHeaders = { host: "gate.test", ...given };
  const distrusted = settleCaller({ headers, socket: { remoteAddress } } as IncomingMessage, trust);
  return {
    address: headers["x-forwarded-for"],
    host: headers["x-forwarded-host"],
    protocol: headers["x-forwarded-proto"],
    isLocal: headers[LOCAL_CALLER_HEADER] !== undefined,
    distrusted,
  };
}

describe("the client's address", () => {
  test.each<[string, string, string | undefined, string]>([
    ["the connection's, whatever a stranger claims", "203.0.113.9", "1.1.1.1", "203.0.113.9"],
    ["the connection's, without a claim", "203.0.113.9", undefined, "203.0.113.9"],
    ["what the trusted proxy saw", "10.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["not what the client told the trusted proxy", "10.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"],
    [
      "seen through a chain of trusted proxies",
      "::ffff:10.0.0.1",
      "1.1.1.1, 203.0.113.9, 10.2.2.2",
      "203.0.113.9",
    ],
    ["the outermost, when all are trusted", "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"],
    ["the proxy's own, when it names nobody", "10.0.0.1", undefined, "10.0.0.1"],
    ["the proxy's own, when it names no address", "10.0.0.1", "1.1.1.1, unknown", "10.0.0.1"],
    ["without the port", "10.0.0.1", "203.0.113.9:4711", "203.0.113.9"],
  ])("is %s", (_name, peer, forwardedFor, address) => {
    expect(settled(peer, { "x-forwarded-for": forwardedFor }).address).toBe(address);
  });

  test("never comes from a claim when no proxy is trusted", () => {
    const claims = fc.record(
      { "x-forwarded-for": fc.string(), "x-real-ip": fc.string(), forwarded: fc.string() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.ipV4(), claims, (peer, given) => {
        expect(settled(peer, given, () => false).address).toBe(peer);
      }),
    );
  });
});

describe("the name and the protocol that the client used", () => {
  const claims = { "x-forwarded-host": "public.test", "x-forwarded-proto": "https" };

  test("are a trusted proxy's word, else the request's own", () => {
    expect(settled("10.0.0.1", claims)).toMatchObject({ host: "public.test", protocol: "https" });
    expect(settled("203.0.113.9", claims)).toMatchObject({ host: "gate.test", protocol: "http" });
  });

  test("are the outermost trusted proxy's, not what the client added before it", () => {
    const lists = {
      "x-forwarded-host": "evil.test, public.test, inner.test",
      "x-forwarded-proto": "ftp, https, http",
    };
    const through = { ...lists, "x-forwarded-for": "203.0.113.9, 10.0.0.2" };
    expect(settled("10.0.0.1", through)).toMatchObject({ host: "public.test", protocol: "https" });
  });

  test.each(["public.test/path", "user@public.test", "two words", "a?b"])("cannot be %s", (host) => {
    expect(settled("10.0.0.1", { "x-forwarded-host": host }).host).toBe("gate.test");
  });
});

describe("a request is this machine's own", () => {
  test.each<[string, string, IncomingHttpHeaders, boolean]>([
    ["127.0.0.1", "localhost:7777", {}, true],
    ["::1", "127.0.0.1:7777", {}, true],
    ["::ffff:127.0.0.1", "[::1]:7777", {}, true],
    ["127.0.0.1", "localhost", { "x-forwarded-for": "127.0.0.1" }, true],
    ["127.0.0.1", "gate.example.com", {}, false],
    ["127.0.0.1", "localhost.example.com:7777", {}, false],
    ["127.0.0.1", "not a host", {}, false],
    ["192.168.1.9", "192.168.1.7:7777", {}, false],
    ["203.0.113.9", "localhost:7777", {}, false],
    ["203.0.113.9", "localhost:7777", { "x-forwarded-for": "127.0.0.1" }, false],
    ["203.0.113.9", "localhost:7777", { [LOCAL_CALLER_HEADER]: "1" }, false],
    ["127.0.0.1", "localhost:7777", { "x-forwarded-for": "203.0.113.9, 127.0.0.1" }, false],
    ["127.0.0.1", "localhost:7777", { "x-forwarded-for": "unknown" }, false],
    ["127.0.0.1", "localhost:7777", { "x-real-ip": "203.0.113.9" }, false],
    ["127.0.0.1", "localhost:7777", { forwarded: "for=203.0.113.9" }, false],
    ["127.0.0.1", "localhost:7777", { "x-forwarded-host": "gate.example.com" }, false],
    ["127.0.0.1", "gate.example.com", { "x-forwarded-host": "localhost:7777" }, false],
  ])("from %s by the name %s with %j: %s", (peer, host, given, isLocal) => {
    for (const trust of [isTrusted, () => false]) {
      expect(settled(peer, { host, ...given }, trust).isLocal).toBe(isLocal);
    }
  });
});

test("a proxy whose word did not count is told, a client without claims is not", () => {
  expect(settled("203.0.113.9", { "x-forwarded-for": "1.1.1.1" }).distrusted).toBe("203.0.113.9");
  expect(settled("203.0.113.9", {}).distrusted).toBeNull();
  expect(settled("10.0.0.1", { "x-forwarded-for": "1.1.1.1" }).distrusted).toBeNull();
});

test("what was written here is no proxy's word when the request comes back to us, and no more believed", () => {
  const headers: IncomingHttpHeaders = { host: "gate.test" };
  const visit = { headers, socket: { remoteAddress: "203.0.113.9" } } as IncomingMessage;
  settleCaller(visit, () => false);
  const again = settled("127.0.0.1", headers, () => false);
  expect(again).toMatchObject({ distrusted: null, address: "127.0.0.1", isLocal: false });
});
