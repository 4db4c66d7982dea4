import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import type { LaunchOptions } from "@playwright/test";
import { unpackChromium } from "./unpack-chromium.ts";

const args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
const systemChromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser"];

/**
 * Finds a browser that needs no installation by the person: the one named by CHROMIUM_PATH, the packaged one on Linux,
 * the system's Chromium, else an installed Chrome.
 */
export async function findBrowser(cacheDirectory: string): Promise<LaunchOptions> {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== "") return { executablePath: named, args };
  if (process.platform === "linux" && process.arch === "x64") {
    const packaged = await packagedChromium(cacheDirectory);
    if (packaged !== null) return packaged;
  }
  const system = systemChromium.find((file) => existsSync(file));
  return system === undefined ? { channel: "chrome", args } : { executablePath: system, args };
}

/** The packaged Chromium, with its own libraries where the system lacks some; null when it does not run at all. */
async function packagedChromium(cacheDirectory: string): Promise<LaunchOptions | null> {
  const directory = await unpackChromium(cacheDirectory);
  const executablePath = path.join(directory, "chromium");
  if (runs(executablePath, process.env)) return { executablePath, args };
  const env = { ...process.env, LD_LIBRARY_PATH: path.join(directory, "al2023", "lib") };
  return runs(executablePath, env) ? { executablePath, args, env } : null;
}

function runs(executablePath: string, env: NodeJS.ProcessEnv): boolean {
  return spawnSync(executablePath, ["--no-sandbox", "--version"], { env, stdio: "ignore" }).status === 0;
}
