import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/**
 * Names the place in which a process id means the same process: on Linux the boot and the process namespace (each
 * container has its own), elsewhere the host. Equal names mean that our look at a pid is worth something.
 */
export function machineIdentity() {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot}/${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}

/** When a process began, in the system's own words, or null where it does not tell; with the pid it is unique. */
export function processStartTime(pid) {
  return look(pid)?.startedAt ?? null;
}

/**
 * Whether the process that began at `startedAt` still runs; "unknown" where only a pid is known, which the system
 * may have given to somebody else since.
 */
export function isProcessAlive(pid, startedAt) {
  if (!pidExists(pid)) return false;
  const now = look(pid);
  // It may have ended between the two looks; a second one tells that from a system that does not say.
  if (now === null) return pidExists(pid) ? "unknown" : false;
  if (startedAt === null || startedAt === undefined) return "unknown";
  return !now.isZombie && now.startedAt === startedAt;
}

function pidExists(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function look(pid) {
  return process.platform === "linux" ? lookInProc(pid) : process.platform === "win32" ? null : askPs(pid);
}

function lookInProc(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name in parentheses may hold anything; after it come the state and, as the 22nd field, the start in ticks.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { isZombie: fields[0] === "Z" || fields[0] === "X", startedAt: fields[19] ?? null };
  } catch {
    return null;
  }
}

function askPs(pid) {
  try {
    const line = execFileSync("ps", ["-o", "stat=", "-o", "lstart=", "-p", String(pid)], {
      encoding: "utf8",
      env: { LC_ALL: "C", TZ: "UTC", PATH: "/bin:/usr/bin" },
    }).trim();
    const [state = "", ...start] = line.split(/\s+/);
    return { isZombie: state.startsWith("Z"), startedAt: start.join(" ") };
  } catch {
    return null;
  }
}
