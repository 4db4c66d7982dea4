import { spawn } from "node:child_process";
import path from "node:path";
import { projectRoot } from "../setup/project-root.mjs";
import { whenNpmEnds } from "../setup/when-npm-ends.mjs";
import { ALLOCATOR_SETTINGS } from "./allocator-settings.mjs";
import { sayReady } from "./say-ready.mjs";

/**
 * Runs the server process until it ends and returns its exit code. It has a process group of its own, so that Ctrl+C
 * reaches it once, through us; when we die, the closed IPC channel tells it to stop.
 * @param {{node: string, args: string[], environment: NodeJS.ProcessEnv}} command
 * @returns {Promise<number>}
 */
export function runServer({ node, args, environment }) {
  const child = spawn(node, [path.join(projectRoot, "scripts/serve.ts"), ...args], {
    cwd: projectRoot,
    env: { ...ALLOCATOR_SETTINGS, ...process.env, ...environment },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    detached: process.platform !== "win32",
  });
  let isStopping = false;
  const stop = () => {
    if (!isStopping) console.log("\n  Stopping ...");
    isStopping = true;
    child.kill("SIGTERM");
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  whenNpmEnds(stop);
  child.on("message", (/** @type {import("../server/server-report.ts").ServerReport} */ report) => {
    switch (report.kind) {
      case "progress":
        console.log(`  ${report.step} ...`);
        break;
      case "ready":
        sayReady(report);
        break;
      case "failed":
        console.error(report.sentence);
        break;
    }
  });
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => {
      if (signal !== null) console.error(`The server was ended by ${signal}.`);
      resolve(code ?? 1);
    });
  });
}
