import type { ApiClient } from "#tests/support/api-client.ts";

/** The id of the agent that a drill loads. */
export const DRILL_AGENT = "drill";

/** Agents that send nothing before somebody has confirmed it, or approved it. */
export const ASKING_AGENTS = ["drill-confirmed", "drill-approved"] as const;

const ASKING_SETTINGS = {
  "drill-confirmed": { requires_confirmation: true },
  "drill-approved": { approval_type: "required" },
} as const;

/** The id of an agent whose runs may cost next to nothing: each has to be granted money before it calls its model. */
export const PAID_AGENT = "drill-paid";
/** What each of its runs may cost, ungranted. */
export const PAID_LIMIT_USD = 0.0001;
/** What a token of the scripted model costs. */
export const USD_PER_MILLION_TOKENS = 5;

// The first is never short and counts all runs; the second is short whenever several runs of its agent are under way.
const BUDGETS = [
  { name: "All", applies_to: "organization", period: "day", limit_usd: 10_000 },
  { name: "Paid", applies_to: "agent", agent_id: PAID_AGENT, period: "day", limit_usd: 0.02 },
];

/** The ids of the drill's schedules. */
export interface DrillSchedules {
  /** Runs the agent. */
  runs: string;
  /** Fails and is tried again after a sleep. */
  fails: string;
}

/** Makes the drill's agents, its budgets and its schedules. */
export async function setUpDrill(admin: ApiClient, witnessOrigin: string): Promise<DrillSchedules> {
  await createAgent(admin, DRILL_AGENT, {
    tools: ["send_request", "web_fetch", "calculator", "set_session_state"],
  });
  for (const id of ASKING_AGENTS) {
    const toolSettings = { send_request: ASKING_SETTINGS[id] };
    await createAgent(admin, id, { tools: ["send_request"], tool_settings: toolSettings });
  }
  await createAgent(admin, PAID_AGENT, {
    tools: ["send_request"],
    cost_limit_usd: PAID_LIMIT_USD,
    max_output_tokens: 200,
  });
  for (const budget of BUDGETS) await create(admin, "/budgets", budget);
  const runs = await create(admin, "/schedules", {
    name: "Drill every minute",
    cron_expr: "* * * * *",
    endpoint: `/agents/${DRILL_AGENT}/runs`,
    payload: { message: effectMessage(witnessOrigin, "schedule") },
  });
  const fails = await create(admin, "/schedules", {
    name: "Drill that fails",
    cron_expr: "* * * * *",
    endpoint: "/agents/nobody/runs",
    payload: { message: "hello" },
    max_retries: 2,
    retry_delay_seconds: 1,
  });
  return { runs, fails };
}

/** A question that makes the scripted model send to the witness. */
export function effectMessage(witnessOrigin: string, note: string): string {
  return `/slow 5 /tool send_request ${JSON.stringify({ url: `${witnessOrigin}/hook`, json: { note } })}`;
}

async function createAgent(admin: ApiClient, id: string, config: object): Promise<void> {
  await create(admin, "/components", {
    name: id,
    component_id: id,
    component_type: "agent",
    stage: "published",
    config: { id, name: id, model: { provider: "scripted", id: "demo-1" }, ...config },
  });
}

/** Returns the new one's id; of a component that is not what it is addressed by. */
async function create(admin: ApiClient, path: string, body: object): Promise<string> {
  const { status, body: answer } = await admin.json("POST", path, body);
  if (status !== 201) throw new Error(`POST ${path} answered ${status}: ${JSON.stringify(answer)}`);
  return String((answer as { id?: unknown }).id);
}
