import { fileURLToPath } from "node:url";
import { projectGates } from "./check/project-gates.ts";
import { runGates } from "./check/run-gates.ts";

const width = 3;
const results = await runGates(
  projectGates(fileURLToPath(new URL("..", import.meta.url))),
  width,
  (result) => {
    const verdict = result.findings.length === 0 ? "ok" : `${result.findings.length} found`;
    console.log(
      `  ${result.name.padEnd(22)} ${verdict.padStart(9)} ${result.durationMs.toFixed(0).padStart(7)} ms`,
    );
  },
);

const failed = results.filter(({ findings }) => findings.length > 0);
for (const { name, findings } of failed) {
  console.error(`\n${name}:`);
  for (const { file, line, message } of findings) {
    console.error(`  ${file}${line === undefined ? "" : `:${line}`}  ${message}`);
  }
}
console.log(
  failed.length === 0 ? "\nAll gates pass." : `\n${failed.length} of ${results.length} gates failed.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
