import type { Finding } from "./finding.ts";
import { isTest } from "./is-test.ts";
import type { SourceFile } from "./source-file.ts";

/** Files whose default export Next or a tool asks for. */
const mayExportDefault =
  /^(?:app\/(?:.*\/)?(?:page|layout|template|error|global-error|loading|not-found|default|robots|manifest|icon|opengraph-image)\.tsx?|[\w.-]+\.config\.ts)$/;

/**
 * Rooms of verbs: a file exports one function, or two that are halves of one thing (hash and compare, encode and
 * decode). Elsewhere (stores, schemas, screens) a file is one noun.
 */
const verbsInFile = 2;
const verbRooms =
  /^(?:lib\/(?:server|runtime|api|auth|tools|models|memory|knowledge|telemetry|protocols|client)|scripts|inngest)\//;

/** Finds barrels, default exports that nobody asks for, vague file names, and files that do several things. */
export function exportRules(files: readonly SourceFile[]): Finding[] {
  return files.flatMap((file) => {
    const findings: Finding[] = file.reExportLines.map((line) => ({
      file: file.path,
      line,
      message: "exports another file's names; import them from the file that owns them",
    }));
    if (file.defaultExportLine !== null && !mayExportDefault.test(file.path)) {
      findings.push({
        file: file.path,
        line: file.defaultExportLine,
        message: "has a default export; name it",
      });
    }
    if (/(?:^|\/)(?:utils?|helpers?|types|misc|common)\.tsx?$/.test(file.path)) {
      findings.push({ file: file.path, message: "has a name that says nothing; name the subject" });
    }
    if (verbRooms.test(file.path) && !isTest(file.path)) findings.push(...severalFunctions(file));
    return findings;
  });
}

function severalFunctions(file: SourceFile): Finding[] {
  const functions = file.exports.filter(({ kind }) => kind === "function" || kind === "class");
  return functions.slice(verbsInFile).map(({ name, line }) => ({
    file: file.path,
    line,
    message: `exports ${name} beside ${functions[0]?.name ?? ""} and others; one verb, one file`,
  }));
}
