import path from "node:path";
import { parseArgs } from "node:util";

/** What `npm run token` was asked for. */
export interface TokenOptions {
  subject: string;
  scopes: string[];
  lifetimeSeconds: number;
  /** Absolute path of the data folder, where another than the environment's is meant. */
  dataDirectory: string | undefined;
}

export const TOKEN_USAGE = `Usage: npm run --silent token -- [--sub NAME] [--scopes a:b,c:d] [--expires 24h] [--data DIR]
  --sub      whose sessions the token uses (default: operator)
  --scopes   comma-separated AgentOS scopes (default: agent_os:admin)
  --expires  how long it counts, such as 30m, 24h or 7d (default: 24h)
  --data     the data folder of the server (default: GATEHOUSE_DATA, else ./data)`;

const UNIT_SECONDS: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** Reads the options. Throws an Error with a sentence when one cannot be used. */
export function tokenOptions(args: string[]): TokenOptions {
  const { values } = parseArgs({
    args,
    options: {
      sub: { type: "string", default: "operator" },
      scopes: { type: "string", default: "agent_os:admin" },
      expires: { type: "string", default: "24h" },
      data: { type: "string" },
    },
  });
  if (values.sub.trim() === "") throw new Error("--sub must name somebody.");
  return {
    subject: values.sub.trim(),
    scopes: values.scopes
      .split(",")
      .map((scope) => scope.trim())
      .filter((scope) => scope !== ""),
    lifetimeSeconds: lifetime(values.expires),
    dataDirectory: values.data === undefined ? undefined : path.resolve(values.data),
  };
}

function lifetime(text: string): number {
  const [, digits = "", unit = ""] = /^(\d{1,6})([smhd])$/.exec(text.trim()) ?? [];
  const seconds = Number(digits) * (UNIT_SECONDS[unit] ?? 0);
  if (seconds <= 0) throw new Error(`--expires must be a time such as 30m, 24h or 7d, not "${text}".`);
  return seconds;
}
