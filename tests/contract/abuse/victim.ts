import type { ApiClient } from "#tests/support/api-client.ts";

/** Somebody with one thing of each kind, and how to tell whether any of it has changed. */
export interface Victim {
  /** By the names of the routes' parameters. */
  ids: Record<string, string>;
  /** Stands in everything that belongs to the victim alone. */
  personal: string;
  /** Stands in everything that belongs to the victim's organization. */
  common: string;
  look: () => Promise<unknown[]>;
  seen: unknown[];
}

const PERSONAL = "violet octopus";
const COMMON = "amber kingfisher";
const model = { provider: "scripted", id: "demo-1" };

async function made(client: ApiClient, where: string, body: object): Promise<Record<string, unknown>> {
  const answer = await client.json("POST", where, body);
  if (answer.status > 201) throw new Error(`POST ${where}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as Record<string, unknown>;
}

/**
 * Makes an agent, a connection, a policy and a schedule of the organization, and of one subject a session with a run and
 * a file, and a run that waits for an approval.
 */
export async function makeVictim(administrator: ApiClient, ann: ApiClient): Promise<Victim> {
  await made(administrator, "/components", {
    name: COMMON,
    component_id: "ours",
    component_type: "agent",
    stage: "published",
    config: {
      model,
      instructions: COMMON,
      tools: ["take_note"],
      tool_settings: { take_note: { approval_type: "required" } },
    },
  });
  const policy = await made(administrator, "/approval-policies", { name: COMMON, tool_pattern: "send_*" });
  const budget = await made(administrator, "/budgets", {
    name: COMMON,
    applies_to: "organization",
    period: "month",
    limit_usd: 1_000,
  });
  const provider = await made(administrator, "/model-providers", {
    name: COMMON,
    kind: "openai-compatible",
    base_url: "http://127.0.0.1:9/v1",
    models: [COMMON],
  });
  const schedule = await made(administrator, "/schedules", {
    name: COMMON,
    cron_expr: "0 9 1 1 *",
    endpoint: "/agents/ours/runs",
    payload: { message: COMMON },
  });
  const form = new FormData();
  const fields = {
    message: PERSONAL,
    session_id: "hers",
    stream: "false",
    session_state: `{"of":"${PERSONAL}"}`,
  };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.append("files", new File([PERSONAL], `${PERSONAL}.txt`, { type: "text/plain" }));
  const answer = await ann.request("/agents/ours/runs", { method: "POST", body: form });
  const run = (await answer.json()) as { run_id: string; input: { files: { id: string }[] } };
  const waiting = await ann.run("ours", {
    message: `/tool take_note {"text":"${PERSONAL}"}`,
    session_id: "hers-too",
  });
  const [held] = (waiting.at(-1)?.["tools"] ?? []) as { approval_id: string }[];
  const approvalId = held?.approval_id ?? "";
  const look = () =>
    Promise.all(
      [
        "/sessions/hers",
        `/sessions/hers/runs/${run.run_id}`,
        "/components/ours",
        "/components/ours/configs",
        `/model-providers/${String(provider.id)}`,
        `/schedules/${String(schedule.id)}`,
        `/approvals/${approvalId}`,
        `/approval-policies/${String(policy.id)}`,
        `/budgets/${String(budget.id)}`,
      ].map(async (where) => (await administrator.json("GET", where)).body),
    );
  return {
    ids: {
      agent_id: "ours",
      component_id: "ours",
      version: "1",
      session_id: "hers",
      run_id: run.run_id,
      message_index: "1",
      attachment_id: run.input.files[0]?.id ?? "",
      provider_id: String(provider.id),
      schedule_id: String(schedule.id),
      approval_id: approvalId,
      policy_id: String(policy.id),
      budget_id: String(budget.id),
      durable_run_id: "01KXXXXXXXXXXXXXXXXXXXXXXX",
    },
    personal: PERSONAL,
    common: COMMON,
    look,
    seen: await look(),
  };
}

/** What each route that takes a body would do something with; strangers send it about the victim's things. */
export const BODIES: Record<string, (victim: Victim) => object> = {
  create_agent_run: () => ({ message: "mine now", session_id: "hers", stream: false, user_id: "ann" }),
  resume_agent_run: () => ({ session_id: "hers" }),
  continue_agent_run: () => ({ session_id: "hers", tools: "[]", stream: false }),
  create_session: () => ({ agent_id: "ours", session_id: "hers", user_id: "ann", session_name: "mine now" }),
  delete_sessions: () => ({ session_ids: ["hers"], session_types: ["agent"] }),
  rename_session: () => ({ session_name: "mine now" }),
  update_session: () => ({ session_name: "mine now", session_state: {} }),
  create_component: () => ({
    name: "mine now",
    component_id: "ours",
    component_type: "agent",
    config: { model },
  }),
  create_component_config: () => ({ config: { model, instructions: "mine now" }, stage: "published" }),
  update_component_config: () => ({ label: "mine now" }),
  update_component: () => ({ name: "mine now" }),
  create_model_provider: () => ({
    name: "mine now",
    kind: "openai-compatible",
    base_url: "http://127.0.0.1:9",
  }),
  update_model_provider: () => ({ name: "mine now" }),
  test_model_provider: () => ({}),
  test_model_provider_draft: ({ ids }) => ({
    kind: "openai-compatible",
    base_url: "http://127.0.0.1:9",
    provider_id: ids.provider_id,
  }),
  create_schedule: () => ({ name: "mine now", cron_expr: "0 9 1 1 *", endpoint: "/agents/ours/runs" }),
  update_schedule: () => ({ name: "mine now" }),
  resolve_approval: () => ({ status: "approved", resolved_by: "ann" }),
  create_approval_policy: () => ({ name: "mine now", tool_pattern: "*" }),
  update_approval_policy: () => ({ enabled: false }),
  create_budget: () => ({ name: "mine now", applies_to: "organization", period: "day", limit_usd: 1 }),
  update_budget: () => ({ enabled: false }),
};
