import { freePort } from "../free-port.ts";
import { startChild } from "../start-child.ts";

/** The suite's app: a process that serves the functions of all cases with the genuine SDK. */
export interface App {
  /** Where it serves, for the engine. */
  url: string;
  /** SIGKILL, as a crash of the app in the middle of its steps. */
  kill(): Promise<void>;
  /** Starts it again at the same place. */
  start(): Promise<void>;
  /** What it has written to its terminal so far. */
  output(): string;
}

interface StartAppOptions {
  /** What the SDK needs to know of the engine. */
  environment: Record<string, string>;
  witnessUrl: string;
  /** Serves only a function with this option, which an engine may refuse. */
  refusedOption?: string;
}

/** Starts the app on CONFORMANCE_APP_PORT or a free port, at the address the engine reaches it under. */
export async function startApp(options: StartAppOptions): Promise<App> {
  const port = Number(process.env["CONFORMANCE_APP_PORT"] ?? 0) || (await freePort());
  const origin = process.env["INNGEST_SERVE_ORIGIN"] ?? `http://127.0.0.1:${port}`;
  let output = "";
  const start = () =>
    startChild(`${import.meta.dirname}/app-process.ts`, {
      ...options.environment,
      CONFORMANCE_APP_PORT: String(port),
      CONFORMANCE_WITNESS_URL: options.witnessUrl,
      CONFORMANCE_REFUSED_OPTION: options.refusedOption,
    });
  let child = await start();
  return {
    url: new URL("/api/inngest", origin).href,
    async kill() {
      await child.kill();
      output += child.output();
    },
    async start() {
      child = await start();
    },
    output: () => output + child.output(),
  };
}
