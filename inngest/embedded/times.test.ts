import { describe, expect, test } from "vitest";
import { nextCronTime } from "./cron-times.ts";
import { dueTime, durationMs } from "./duration.ts";
import { retryDelayMs } from "./retry-delay.ts";

describe("lengths of time", () => {
  test("are read as the SDK writes them", () => {
    expect(durationMs("1w2d3h4m5s")).toBe(788_645_000);
    expect(durationMs("90s")).toBe(90_000);
    expect(durationMs("")).toBe(0);
    expect(durationMs("1.5h")).toBeNull();
    expect(dueTime("10s", 5)).toBe(10_005);
    expect(dueTime("2026-01-01T00:00:00.000Z", 5)).toBe(Date.UTC(2026, 0, 1));
    expect(() => dueTime("soon", 5)).toThrow(`"soon" is neither a length of time nor a moment.`);
  });
});

describe("the next attempt", () => {
  const delay = (attempt: number, retryAfter: string | null = null, random = 0) =>
    retryDelayMs({ attempt, retryAfter, random, nowMs: Date.UTC(2026, 0, 1) });

  test("comes by the table, spread by up to half a minute", () => {
    expect([0, 1, 2, 3, 9, 50].map((attempt) => delay(attempt))).toEqual([
      15_000, 30_000, 60_000, 120_000, 7_200_000, 7_200_000,
    ]);
    expect(delay(0, null, 0.999)).toBe(44_000);
  });

  test("comes when the function says: after seconds, or at a moment", () => {
    expect(delay(0, "2")).toBe(2_000);
    expect(delay(0, "2026-01-01T00:01:00Z")).toBe(60_000);
    expect(delay(0, "2025-01-01T00:00:00Z")).toBe(0);
    expect(delay(0, "whenever")).toBe(15_000);
  });
});

describe("a cron pattern", () => {
  const next = (pattern: string, from: string) => {
    const time = nextCronTime(pattern, Date.parse(from));
    return time === null ? null : new Date(time).toISOString();
  };

  test("is in UTC, or in the zone before it", () => {
    expect(next("0 9 * * 1", "2026-01-06T00:00:00Z")).toBe("2026-01-12T09:00:00.000Z");
    expect(next("TZ=Europe/Paris 0 9 * * *", "2026-01-06T00:00:00Z")).toBe("2026-01-06T08:00:00.000Z");
    expect(next("TZ=Europe/Paris 0 9 * * *", "2026-07-06T00:00:00Z")).toBe("2026-07-06T07:00:00.000Z");
  });

  test("fires once on the night when the clock goes forward, and on the one when it goes back", () => {
    // There is no half past two: it fires when that night has a time again, at three.
    expect(next("TZ=Europe/Paris 30 2 * * *", "2026-03-29T00:00:00Z")).toBe("2026-03-29T01:00:00.000Z");
    const first = next("TZ=Europe/Paris 30 2 * * *", "2026-10-24T22:30:00Z");
    expect(first).toBe("2026-10-25T00:30:00.000Z");
    expect(next("TZ=Europe/Paris 30 2 * * *", first ?? "")).toBe("2026-10-26T01:30:00.000Z");
  });

  test("that is none says so", () => {
    expect(() => nextCronTime("every day", 0)).toThrow();
    expect(() => nextCronTime("TZ=Europe/Nowhere 0 9 * * *", 0)).toThrow();
    expect(next("0 0 30 2 *", "2026-01-01T00:00:00Z")).toBeNull();
  });
});
