import { z } from "zod";
import type { Tool } from "#lib/core/tool.ts";

const inputSchema = z.object({
  timezone: z
    .string()
    .max(64)
    .default("UTC")
    .describe("A city or an IANA time zone, such as Tokyo, Europe/Berlin or UTC."),
});

/** Tells the date and the time in a zone. */
export const currentTime: Tool<z.infer<typeof inputSchema>> = {
  name: "current_time",
  title: "Current time",
  description: "Tell the current date, time and weekday in a city or an IANA time zone.",
  effect: "read",
  input: inputSchema,
  execute({ timezone }, context) {
    const zone = findZone(timezone);
    if (zone === null) {
      throw new Error(
        `"${timezone}" is not a time zone. Use an IANA name such as Europe/Berlin or Asia/Tokyo.`,
      );
    }
    const now = new Date(context.nowMs());
    const parts = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      dateStyle: "full",
      timeStyle: "long",
    }).format(now);
    return Promise.resolve({ timezone: zone, local: parts, utc: now.toISOString() });
  },
};

function findZone(wanted: string): string | null {
  const name = wanted.trim().toLowerCase().replaceAll(/\s+/g, "_");
  if (name === "utc" || name === "gmt" || name === "") return "UTC";
  const zones = Intl.supportedValuesOf("timeZone");
  const exact = zones.find((zone) => zone.toLowerCase() === name);
  if (exact !== undefined) return exact;
  const city = zones.find((zone) => zone.toLowerCase().split("/").at(-1) === name);
  if (city !== undefined) return city;
  // Older names, such as Asia/Calcutta or US/Pacific, are known to the formatter though not listed.
  try {
    return new Intl.DateTimeFormat("en", { timeZone: wanted.trim() }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
