import path from "node:path";
import { migrationDrift } from "../migration-drift.ts";
import { arrows } from "./arrows.ts";
import { commandGate } from "./command-gate.ts";
import { cycles } from "./cycles.ts";
import { environmentReads } from "./environment-reads.ts";
import { exportRules } from "./export-rules.ts";
import { fileSizes } from "./file-sizes.ts";
import type { Finding } from "./finding.ts";
import type { Gate } from "./gate.ts";
import { readProject } from "./read-project.ts";
import { routesAndContracts } from "./routes-and-contracts.ts";
import type { SourceFile } from "./source-file.ts";
import { typeGate } from "./type-gate.ts";
import { unfinishedWork } from "./unfinished-work.ts";

/** All gates of the project, the slow ones first, so that they run while the others do. */
export function projectGates(projectRoot: string): Gate[] {
  const bin = (file: string) => path.join(projectRoot, "node_modules", file);
  let files: SourceFile[] | undefined;
  const overFiles = (name: string, check: (sources: readonly SourceFile[]) => Finding[]): Gate => ({
    name,
    run: () => check((files ??= readProject(projectRoot))),
  });
  return [
    typeGate(projectRoot),
    commandGate("lint", projectRoot, [
      bin("oxlint/bin/oxlint"),
      "--type-aware",
      "--deny-warnings",
      "--format=unix",
    ]),
    commandGate("unused code", projectRoot, [bin("knip/bin/knip.js"), "--no-progress"]),
    {
      name: "migration drift",
      run: async () => {
        const drift = await migrationDrift();
        return drift === null ? [] : [{ file: "prisma/migrations", message: drift }];
      },
    },
    commandGate("openapi drift", projectRoot, ["scripts/openapi.ts", "--check"]),
    commandGate("format", projectRoot, [bin("@biomejs/biome/bin/biome"), "format", "--colors=off", "."]),
    overFiles("arrows", arrows),
    overFiles("cycles", cycles),
    overFiles("file sizes", fileSizes),
    overFiles("exports", exportRules),
    overFiles("environment", environmentReads),
    overFiles("unfinished work", unfinishedWork),
    {
      name: "routes and contracts",
      run: async () => {
        const { CONTRACTS } = await import("#lib/api/contracts.ts");
        return routesAndContracts((files ??= readProject(projectRoot)), CONTRACTS);
      },
    },
  ];
}
