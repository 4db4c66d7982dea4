import type { Contract } from "#lib/api/contract.ts";
import type { Finding } from "./finding.ts";
import type { SourceFile } from "./source-file.ts";

const methods = new Set(["GET", "POST", "PATCH", "PUT", "DELETE"]);

/** Routes that are not ours to describe: next-auth's and the Inngest SDK's. */
const foreignRoutes = /^app\/api\/(?:auth|inngest)\//;

/** Finds API routes without a contract, which nobody's scope would guard, and contracts that no route serves. */
export function routesAndContracts(
  files: readonly SourceFile[],
  contracts: readonly Pick<Contract, "method" | "path">[],
): Finding[] {
  const routes = files.filter(
    ({ path }) => /^app\/api\/(?:.*\/)?route\.ts$/.test(path) && !foreignRoutes.test(path),
  );
  const served = new Map<string, Finding>();
  for (const file of routes) {
    for (const { name, line } of exportedMethods(file)) {
      const message = `serves ${name} without a contract in lib/api/contracts`;
      served.set(`${name} ${shapeOfFile(file.path)}`, { file: file.path, line, message });
    }
  }
  const described = new Set(contracts.map(({ method, path }) => `${method} ${shapeOfPath(path)}`));
  const undescribed = [...served].flatMap(([key, finding]) => (described.has(key) ? [] : [finding]));
  const unserved = contracts
    .filter(({ method, path }) => !served.has(`${method} ${shapeOfPath(path)}`))
    .map(({ method, path }) => ({
      file: "lib/api/contracts.ts",
      message: `no route.ts serves ${method} ${path}`,
    }));
  return [...undescribed, ...unserved];
}

function exportedMethods(file: SourceFile): { name: string; line: number }[] {
  return file.exports.filter(({ name }) => methods.has(name));
}

/** `app/api/agents/[agentId]/runs/route.ts` -> `/agents/{}/runs`: parameters may be called differently. */
function shapeOfFile(file: string): string {
  const folder = file.slice("app/api".length, -"/route.ts".length);
  return folder
    .replaceAll(/\/\([^/]+\)/g, "")
    .replaceAll(/\[[^\]/]+\]/g, "{}")
    .replace(/^$/, "/");
}

function shapeOfPath(path: string): string {
  return path.replaceAll(/\{[^}/]+\}/g, "{}");
}
