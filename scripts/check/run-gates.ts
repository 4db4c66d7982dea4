import type { Finding } from "./finding.ts";
import type { Gate } from "./gate.ts";

export interface GateResult {
  name: string;
  durationMs: number;
  findings: readonly Finding[];
}

/** Runs the gates, `width` at a time, telling each result as it comes. A gate that throws has failed, too. */
export async function runGates(
  gates: readonly Gate[],
  width: number,
  onResult: (result: GateResult) => void,
): Promise<GateResult[]> {
  const waiting = [...gates];
  const results: GateResult[] = [];
  const worker = async () => {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
      const startedAt = performance.now();
      const findings = await findingsOf(gate);
      const result = { name: gate.name, durationMs: performance.now() - startedAt, findings };
      results.push(result);
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

async function findingsOf(gate: Gate): Promise<readonly Finding[]> {
  try {
    return await gate.run();
  } catch (error) {
    return [
      { file: gate.name, message: error instanceof Error ? (error.stack ?? error.message) : String(error) },
    ];
  }
}
