import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** The resident memory of a process in megabytes (10^6 bytes). */
export function residentMegabytes(pid: number): number {
  try {
    const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    if (line !== null) return (Number(line[1]) * 1_024) / 1_000_000;
  } catch {
    // Not Linux: ask ps.
  }
  return (
    (Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) * 1_024) / 1_000_000
  );
}
