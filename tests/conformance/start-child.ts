import { spawn } from "node:child_process";
import { once } from "node:events";

export interface Child {
  /** What it has written to its terminal so far. */
  output(): string;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code when it is gone. */
  stop(): Promise<number | null>;
}

const readyLimitMs = 90_000;

/**
 * Starts one of our scripts in a process of its own and waits until it says over its channel that it is ready.
 * Rejects with what it wrote when it ends before that.
 */
export async function startChild(script: string, env: Record<string, string | undefined>): Promise<Child> {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const exited = once(child, "exit");
  const ready = Promise.withResolvers<void>();
  child.once("message", () => ready.resolve());
  void exited.then(() => ready.reject(new Error(output.trim())));
  const limit = setTimeout(() => {
    child.kill("SIGKILL");
    ready.reject(new Error(`It was not ready after ${readyLimitMs / 1000} s:\n${output}`));
  }, readyLimitMs);
  await ready.promise.finally(() => clearTimeout(limit));
  return {
    output: () => output,
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
    async stop() {
      child.kill("SIGTERM");
      const [code] = await exited;
      return code;
    },
  };
}
