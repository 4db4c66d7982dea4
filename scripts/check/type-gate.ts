import path from "node:path";
import { commandGate } from "./command-gate.ts";
import type { Gate } from "./gate.ts";

/** The types of the whole project; Next writes down the types of its routes first. */
export function typeGate(projectRoot: string): Gate {
  const bin = (file: string) => path.join(projectRoot, "node_modules", file);
  const routeTypes = commandGate("types", projectRoot, [bin("next/dist/bin/next"), "typegen"]);
  const types = commandGate("types", projectRoot, [
    bin("typescript/bin/tsc"),
    "--noEmit",
    "--pretty",
    "false",
  ]);
  return {
    name: "types",
    run: async () => {
      const findings = await routeTypes.run();
      return findings.length > 0 ? findings : types.run();
    },
  };
}
