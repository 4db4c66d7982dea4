import type { Finding } from "./finding.ts";
import { isTest } from "./is-test.ts";
import type { SourceFile } from "./source-file.ts";

/** `NODE_ENV` alone is replaced by the bundler, so a page may ask for it. */
const read = /process\.env(?!\.NODE_ENV\b)/;

/** Finds readers of the environment other than lib/env.ts, the scripts, the tests and the tools' configuration. */
export function environmentReads(files: readonly SourceFile[]): Finding[] {
  return files
    .filter(({ path }) => path !== "lib/env.ts" && !path.startsWith("scripts/") && !isTest(path))
    .filter(({ path }) => !/^[\w.-]+\.config\.ts$/.test(path))
    .flatMap((file) =>
      file.text.split("\n").flatMap((line, index) => {
        if (!read.test(line) || /^\s*(?:\/\/|\*|\/\*)/.test(line)) return [];
        return [{ file: file.path, line: index + 1, message: "reads process.env; ask lib/env.ts" }];
      }),
    );
}
