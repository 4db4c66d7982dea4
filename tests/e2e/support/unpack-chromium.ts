import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { inflate } from "@sparticuz/chromium";

/** The package does not export its package.json; its entry lies one folder below it. */
const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
const packageDirectory = path.join(path.dirname(entry), "..");

/**
 * Unpacks the packaged Chromium (Linux) once a version and returns its folder: `chromium` itself and, under
 * `al2023/lib`, the libraries that lean images lack. The package unpacks into the folder for temporary files and takes
 * whatever lies there for itself, of any version and unfinished, too; hence a folder of its own and the rename.
 */
export async function unpackChromium(cacheDirectory: string): Promise<string> {
  const { version } = JSON.parse(readFileSync(path.join(packageDirectory, "package.json"), "utf8")) as {
    version: string;
  };
  const directory = path.join(cacheDirectory, `chromium-${version}`);
  if (existsSync(directory)) return directory;
  const partial = `${directory}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  const before = process.env.TMPDIR;
  process.env.TMPDIR = partial;
  try {
    const archives = path.join(packageDirectory, "bin");
    await inflate(path.join(archives, "chromium.br"));
    await inflate(path.join(archives, "al2023.tar.br"));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  if (existsSync(directory)) rmSync(partial, { recursive: true });
  else renameSync(partial, directory);
  return directory;
}
