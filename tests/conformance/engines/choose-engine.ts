import { embeddedEngine } from "./embedded-engine.ts";
import type { Engine } from "./engine.ts";
import { externalEngine } from "./external-engine.ts";
import { isDevServer } from "./is-dev-server.ts";

/** The engine to test: a server when the environment names one, else the embedded engine. */
export async function chooseEngine(): Promise<Engine> {
  const { env } = process;
  const isNamed = (env["INNGEST_BASE_URL"] ?? "") !== "" || (env["INNGEST_EVENT_KEY"] ?? "") !== "";
  return isNamed || isDevServer(env) ? externalEngine(env) : await embeddedEngine();
}
