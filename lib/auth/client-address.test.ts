import { describe, expect, test } from "vitest";
import { clientAddress, isLoopbackRequest } from "./client-address.ts";

describe("a request is this machine's own", () => {
  test.each<[string, string | undefined, boolean]>([
    ["localhost:7777", "127.0.0.1", true],
    ["127.0.0.1:7777", "::1", true],
    ["[::1]:7777", "::ffff:127.0.0.1", true],
    ["localhost", undefined, true],
    ["gate.example.com", "127.0.0.1", false],
    ["localhost.example.com:7777", "127.0.0.1", false],
    ["192.168.1.7:7777", "192.168.1.9", false],
    ["localhost:7777", "203.0.113.9", false],
    ["localhost:7777", "127.0.0.1, 203.0.113.9", false],
    ["localhost:7777", "203.0.113.9, 127.0.0.1", false],
    ["not a host", "127.0.0.1", false],
  ])("by the name %s through %s: %s", (host, forwardedFor, ours) => {
    const headers = new Headers({ host });
    if (forwardedFor !== undefined) headers.set("x-forwarded-for", forwardedFor);
    expect(isLoopbackRequest(headers)).toBe(ours);
  });

  test("not by another name that a proxy was asked for", () => {
    const headers = new Headers({ host: "127.0.0.1:7777", "x-forwarded-host": "gate.example.com" });
    expect(isLoopbackRequest(headers)).toBe(false);
  });
});

test("a client's address is what the nearest hop saw, whatever the client claims", () => {
  expect(clientAddress(new Headers({ "x-forwarded-for": "1.1.1.1, 203.0.113.9" }))).toBe("203.0.113.9");
  expect(clientAddress(new Headers())).toBe("");
});
