import { describe, expect, it } from "vitest";
import type { ToolContext } from "#lib/core/tool.ts";
import { currentTime } from "./current-time.ts";

const context = { nowMs: () => Date.UTC(2026, 6, 1, 12, 0, 0) } as ToolContext;
const timeIn = (timezone: string) => currentTime.execute({ timezone }, context);

describe("the current time", () => {
  it.each([
    ["UTC", "UTC", "12:00:00"],
    ["Europe/Berlin", "Europe/Berlin", "14:00:00"],
    ["tokyo", "Asia/Tokyo", "21:00:00"],
    ["New York", "America/New_York", "08:00:00"],
  ])("is told in %s", async (wanted, timezone, time) => {
    expect(await timeIn(wanted)).toMatchObject({
      timezone,
      local: expect.stringContaining(time),
      utc: "2026-07-01T12:00:00.000Z",
    });
  });

  it("refuses a zone that nobody knows and says what would do", async () => {
    await expect(async () => timeIn("Atlantis")).rejects.toThrow("Use an IANA name");
  });
});
