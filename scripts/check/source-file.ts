/** One `import`, `export … from`, `import()` or worker URL of a file. */
export interface ImportReference {
  /** As written: `#lib/core/scope.ts`, `./x.ts`, `zod`, `node:fs`. */
  specifier: string;
  /** Path of the project's file that it names; null for a package. */
  target: string | null;
  line: number;
  isTypeOnly: boolean;
}

export interface ExportedName {
  name: string;
  kind: "function" | "class" | "constant" | "type";
  line: number;
}

/** One parsed TypeScript file of the project. */
export interface SourceFile {
  /** Path relative to the project, with forward slashes. */
  path: string;
  text: string;
  lines: number;
  imports: ImportReference[];
  exports: ExportedName[];
  /** Lines with `export … from`. */
  reExportLines: number[];
  /** Line of the default export. */
  defaultExportLine: number | null;
}
