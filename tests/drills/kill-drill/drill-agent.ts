import type { ApiClient } from "#tests/support/api-client.ts";

/** The id of the agent that a drill loads. */
export const DRILL_AGENT = "drill";

/** Agents that send nothing before somebody has confirmed it, or approved it. */
export const ASKING_AGENTS = ["drill-confirmed", "drill-approved"] as const;

const ASKING_SETTINGS = {
  "drill-confirmed": { requires_confirmation: true },
  "drill-approved": { approval_type: "required" },
} as const;

/** The ids of the drill's schedules. */
export interface DrillSchedules {
  /** Runs the agent. */
  runs: string;
  /** Fails and is tried again after a sleep. */
  fails: string;
}

/** Makes the drill's agents and its schedules. */
export async function setUpDrill(admin: ApiClient, witnessOrigin: string): Promise<DrillSchedules> {
  await createAgent(admin, DRILL_AGENT, {
    tools: ["send_request", "web_fetch", "calculator", "set_session_state"],
  });
  for (const id of ASKING_AGENTS) {
    const toolSettings = { send_request: ASKING_SETTINGS[id] };
    await createAgent(admin, id, { tools: ["send_request"], tool_settings: toolSettings });
  }
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
