import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import type { RunPorts } from "#lib/runtime/ports.ts";
import { runAgent } from "#lib/runtime/run-agent.ts";
import type { MemoryJournal } from "./memory-journal.ts";
import { until } from "./run-ports.ts";

/** When a process dies: at its append of that number, which is committed or not. */
export interface Death {
  appends: number;
  committed: boolean;
}

/** Runs until the append of that number; then the process is dead: it is committed or not, and nothing comes after. */
export async function runUntilDeath(
  agent: AgentDefinition,
  { ports, journal }: { ports: RunPorts; journal: MemoryJournal },
  { appends, committed }: Death,
): Promise<void> {
  const before = journal.appends.length;
  let dead = false;
  journal.hold = () => {
    if (journal.appends.length - before < appends) return Promise.resolve();
    if (dead || !committed) {
      dead = true;
      return new Promise(() => {});
    }
    dead = true;
    return Promise.resolve();
  };
  let over = false;
  void runAgent(agent, ports).then(() => {
    over = true;
  });
  await until(() => dead || over);
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
