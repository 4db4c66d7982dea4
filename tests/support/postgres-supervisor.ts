import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Client } from "pg";

// Runs one throwaway Postgres for the process OWNER and ends it when that process is gone, however it went.
// Arguments: the owner's pid, the folder of the cluster (it exists), the folder of the server's binaries.

const [owner = "", directory = "", binaries = ""] = process.argv.slice(2);
const data = path.join(directory, "data");
const url = `postgresql://postgres@/postgres?host=${directory}`;

function report(result: { url: string } | { error: string }): void {
  writeFileSync(path.join(directory, "report.new"), JSON.stringify(result));
  renameSync(path.join(directory, "report.new"), path.join(directory, "report.json"));
}

/** Postgres refuses to run as root, so there it runs as another user. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    try {
      const id = (flag: string) => Number(execFileSync("id", [flag, name], { encoding: "utf8" }));
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      // There is no such user; the next one may be there.
    }
  }
  throw new Error("Postgres does not run as root, and there is neither a user `postgres` nor `nobody`.");
}

function start(): ChildProcess {
  const user = unprivilegedUser();
  mkdirSync(data, { mode: 0o700 });
  if (user !== undefined) {
    for (const folder of [directory, data]) chownSync(folder, user.uid, user.gid);
  }
  const options = { ...user, cwd: directory };
  execFileSync(
    path.join(binaries, "initdb"),
    ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8"],
    { ...options, stdio: ["ignore", "ignore", "pipe"] },
  );
  const settings = {
    listen_addresses: "",
    unix_socket_directories: directory,
    fsync: "off",
    full_page_writes: "off",
    max_connections: "300",
    shared_buffers: "64MB",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return spawn(path.join(binaries, "postgres"), ["-D", data, ...flags], { ...options, stdio: "ignore" });
}

async function untilItAnswers(server: ChildProcess): Promise<void> {
  for (;;) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (server.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

try {
  const server = start();
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const watch = setInterval(() => {
    if (!isAlive(Number(owner))) server.kill("SIGQUIT");
  }, 500);
  await untilItAnswers(server);
  report({ url });
  await ended;
  clearInterval(watch);
  rmSync(directory, { recursive: true, force: true });
} catch (error) {
  report({ error: error instanceof Error ? error.message : String(error) });
}
