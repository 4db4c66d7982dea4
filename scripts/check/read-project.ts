import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseSource } from "./parse-source.ts";
import type { SourceFile } from "./source-file.ts";

const generated = /^prisma\/generated\//;
const skippedFolders = new Set(["node_modules", "data", "test-results", "playwright-report", "coverage"]);

/** Reads and parses all TypeScript files of the project that people wrote, in the order of their paths. */
export function readProject(projectRoot: string): SourceFile[] {
  return walk(projectRoot, "")
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith(".d.ts") && !generated.test(file))
    .map((file) => parseSource(file, readFileSync(path.join(projectRoot, file), "utf8")));
}

function walk(projectRoot: string, folder: string): string[] {
  return readdirSync(path.join(projectRoot, folder), { withFileTypes: true })
    .sort((left, right) => left.name.localeCompare(right.name))
    .flatMap((entry) => {
      const file = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) return [file];
      return entry.name.startsWith(".") || skippedFolders.has(file) ? [] : walk(projectRoot, file);
    });
}
