import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import type { JsonObject } from "#lib/core/json.ts";
import type { RunPorts } from "#lib/runtime/ports.ts";
import { runAgent } from "#lib/runtime/run-agent.ts";
import { resumedPorts } from "./resumed-ports.ts";
import { type runWorld, testAgent } from "./run-ports.ts";

/** What goes on otherwise than it began. */
interface GoingOn {
  agent?: AgentDefinition;
  /** Beside the decisions, such as why the run ends. */
  decided?: JsonObject;
  changes?: Partial<RunPorts>;
}

/** Goes on with a paused run as the server does once somebody has decided: with a new driver, from the journal alone. */
export async function goOnAfter(
  world: Pick<ReturnType<typeof runWorld>, "journal" | "blobs" | "ports">,
  { agent = testAgent(), decided = {}, changes = {} }: GoingOn = {},
) {
  const { journal, blobs, ports } = world;
  const paused = journal.bodies("RunPaused").at(-1);
  const index = journal.events.length;
  const last = journal.events.at(-1);
  if (last === undefined || paused === undefined) throw new Error("The run waits for nobody.");
  journal.internals.set(index, { decisions: [], ...decided });
  const tools = paused.tools.map((tool) => ({ ...tool, confirmed: true, result: "Granted." }));
  journal.events.push({ ...last, index, lastIndex: index, body: { type: "RunContinued", tools } });
  const left = { events: journal.events, internals: journal.internals, blobs };
  const resumed = resumedPorts(left, ports, changes);
  return { outcome: await runAgent(agent, resumed.ports), journal: resumed.journal };
}
