import type { Finding } from "./finding.ts";
import type { SourceFile } from "./source-file.ts";

const marker = new RegExp(`\\b(?:${["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"].join("|")})\\b`);

/** Finds notes of unfinished work: what is to be done is an issue, not a comment. */
export function unfinishedWork(files: readonly SourceFile[]): Finding[] {
  return files.flatMap((file) =>
    file.text.split("\n").flatMap((line, index) => {
      const found = marker.exec(line);
      return found === null ? [] : [{ file: file.path, line: index + 1, message: `says ${found[0]}` }];
    }),
  );
}
