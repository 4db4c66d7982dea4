import { spawn } from "node:child_process";
import type { Finding } from "./finding.ts";
import type { Gate } from "./gate.ts";

/** The most lines of a tool's output that are shown. */
const shownLines = 60;

/**
 * A gate that is a program under this Node: it passes when the program ends with exit code 0, else its output is shown
 * as it is, because each tool names file and line in its own way.
 */
export function commandGate(name: string, projectRoot: string, args: readonly string[]): Gate {
  return {
    name,
    run: () =>
      new Promise<Finding[]>((resolve, reject) => {
        const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: ["ignore", "pipe", "pipe"] });
        let output = "";
        for (const stream of [child.stdout, child.stderr]) {
          stream.setEncoding("utf8").on("data", (text: string) => {
            output += text;
          });
        }
        child.once("error", reject);
        child.once("close", (code) => {
          if (code === 0) return resolve([]);
          const lines = output.trim().split("\n");
          const left = lines.length - shownLines;
          const shown = left > 0 ? [...lines.slice(0, shownLines), `… and ${left} lines more`] : lines;
          resolve([{ file: name, message: shown.join("\n    ") }]);
        });
      }),
  };
}
