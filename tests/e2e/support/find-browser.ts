import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import type { LaunchOptions } from "@playwright/test";
import { unpackChromium } from "./unpack-chromium.ts";

const args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
/** Without a UTF-8 locale a browser gives downloads with other letters in their names none at all. */
const utf8 = { LC_ALL: "C.UTF-8" };
const systemChromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser"];

/**
 * Finds a browser that needs no installation by the person: the one named by CHROMIUM_PATH, the packaged one on Linux,
 * the system's Chromium, else an installed Chrome.
 */
export async function findBrowser(cacheDirectory: string): Promise<LaunchOptions> {
  const named = process.env.CHROMIUM_PATH;
  const env = { ...process.env, ...utf8 };
  if (named !== undefined && named !== "") return { executablePath: named, args, env };
  if (process.platform === "linux" && process.arch === "x64") {
    const packaged = await packagedChromium(cacheDirectory, env);
    if (packaged !== null) return packaged;
  }
  const system = systemChromium.find((file) => existsSync(file));
  return system === undefined ? { channel: "chrome", args, env } : { executablePath: system, args, env };
}

/** The packaged Chromium, with its own libraries where the system lacks some; null when it does not run at all. */
async function packagedChromium(
  cacheDirectory: string,
  env: NodeJS.ProcessEnv,
): Promise<LaunchOptions | null> {
  const directory = await unpackChromium(cacheDirectory);
  const executablePath = path.join(directory, "chromium");
  if (runs(executablePath, env)) return { executablePath, args, env };
  const withLibraries = { ...env, LD_LIBRARY_PATH: path.join(directory, "al2023", "lib") };
  return runs(executablePath, withLibraries) ? { executablePath, args, env: withLibraries } : null;
}

function runs(executablePath: string, env: NodeJS.ProcessEnv): boolean {
  return spawnSync(executablePath, ["--no-sandbox", "--version"], { env, stdio: "ignore" }).status === 0;
}
