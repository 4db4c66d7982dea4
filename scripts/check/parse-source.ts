import path from "node:path";
import { parseSync } from "oxc-parser";
import type { ExportedName, ImportReference, SourceFile } from "./source-file.ts";

/** Reads what the gates need to know of one file. */
export function parseSource(filePath: string, text: string): SourceFile {
  const { module, program } = parseSync(filePath, text);
  const lineOf = lineFinder(text);
  const imports: ImportReference[] = [];
  const add = (specifier: string, offset: number, isTypeOnly: boolean) => {
    imports.push({ specifier, target: resolve(filePath, specifier), line: lineOf(offset), isTypeOnly });
  };
  for (const { moduleRequest, entries, start } of module.staticImports) {
    add(moduleRequest.value, start, entries.length > 0 && entries.every((entry) => entry.isType));
  }
  for (const { entries, start } of module.staticExports) {
    const request = entries[0]?.moduleRequest;
    if (request)
      add(
        request.value,
        start,
        entries.every((entry) => entry.isType),
      );
  }
  // `import("…")` as an expression or a type, and the URL of a worker.
  for (const match of text.matchAll(/(?:import|new URL)\(\s*["']([^"']+\.tsx?)["']/g)) {
    add(match[1] ?? "", match.index, false);
  }
  const reExports = module.staticExports.filter((found) =>
    found.entries.some((entry) => entry.moduleRequest),
  );
  return {
    path: filePath,
    text,
    lines: text.trimEnd().split("\n").length,
    imports,
    exports: exportedNames(program.body, lineOf),
    reExportLines: reExports.map((found) => lineOf(found.start)),
    defaultExportLine: defaultLine(program.body, lineOf),
  };
}

type Program = ReturnType<typeof parseSync>["program"];

function exportedNames(body: Program["body"], lineOf: (offset: number) => number): ExportedName[] {
  return body.flatMap((statement): ExportedName[] => {
    if (statement.type !== "ExportNamedDeclaration" || !statement.declaration) return [];
    const { declaration } = statement;
    const line = lineOf(statement.start);
    if (declaration.type === "VariableDeclaration") {
      return declaration.declarations.map(({ id, init }) => ({
        name: id.type === "Identifier" ? id.name : "",
        kind: init?.type === "ArrowFunctionExpression" ? "function" : "constant",
        line,
      }));
    }
    const kind = kinds.get(declaration.type);
    const id = "id" in declaration ? declaration.id : null;
    return kind !== undefined && id?.type === "Identifier" ? [{ name: id.name, kind, line }] : [];
  });
}

const kinds = new Map<string, ExportedName["kind"]>([
  ["FunctionDeclaration", "function"],
  ["ClassDeclaration", "class"],
  ["TSInterfaceDeclaration", "type"],
  ["TSTypeAliasDeclaration", "type"],
]);

function defaultLine(body: Program["body"], lineOf: (offset: number) => number): number | null {
  const found = body.find((statement) => statement.type === "ExportDefaultDeclaration");
  return found === undefined ? null : lineOf(found.start);
}

/** `#lib/x.ts` and `./x.ts` name files of the project; all else is a package or Node's own. */
function resolve(from: string, specifier: string): string | null {
  if (specifier.startsWith("#")) return specifier.slice(1);
  if (specifier.startsWith(".")) return path.posix.join(path.posix.dirname(from), specifier);
  return null;
}

function lineFinder(text: string): (offset: number) => number {
  return (offset) => text.slice(0, offset).split("\n").length;
}
