import { randomUUID } from "node:crypto";
import { readFrames } from "#lib/client/read-frames.ts";
import { type ApiClient, apiClient } from "#tests/support/api-client.ts";
import type { AcknowledgedRun } from "./acknowledged-run.ts";
import { ASKING_AGENTS, DRILL_AGENT, type DrillSchedules, effectMessage, PAID_AGENT } from "./drill-agent.ts";
import type { UnansweredAsk } from "./unanswered-ask.ts";

const WORKERS = 6;
/** Pause after a refused connection, so that a dead server is not asked in a busy loop. */
const REFUSED_PAUSE_MS = 50;
const SHARE_OF_FIRINGS = 0.15;
const SHARE_OF_ASKING = 0.25;
/** Agents whose runs wait for somebody before they do anything. */
const WAITING_AGENTS = [...ASKING_AGENTS, PAID_AGENT];

interface DrillLoad {
  /** The servers that are up now; one is picked for each run. */
  urls: () => readonly string[];
  witnessOrigin: string;
  schedules: DrillSchedules;
  random: () => number;
  acknowledge: (run: AcknowledgedRun) => void;
  /** A question broke off before anything was acknowledged. */
  leaveUnanswered: (ask: UnansweredAsk) => void;
}

/**
 * Keeps asking until stopped: streamed and background runs, with tools that read, compute and change something, some
 * only when a person agrees or grants money, and schedules that are fired by hand.
 */
export function applyDrillLoad(load: DrillLoad): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const workers = Array.from({ length: WORKERS }, async (_, worker) => {
    while (!stopped.signal.aborted) {
      const urls = load.urls();
      const url = urls[Math.floor(load.random() * urls.length)];
      try {
        if (url === undefined) throw new Error("No server is up.");
        await askOnce(await apiClient(url, { sub: `drill-${worker}` }), load, stopped.signal);
      } catch {
        // The server died under the request; whatever it had acknowledged is on the list.
        await new Promise((resolve) => setTimeout(resolve, REFUSED_PAUSE_MS));
      }
    }
  });
  return {
    async stop() {
      stopped.abort();
      await Promise.all(workers);
    },
  };
}

async function askOnce(client: ApiClient, load: DrillLoad, signal: AbortSignal): Promise<void> {
  const { random, witnessOrigin, schedules } = load;
  if (random() < SHARE_OF_FIRINGS) {
    const id = random() < 0.9 ? schedules.runs : schedules.fails;
    const { body } = await client.json("POST", `/schedules/${id}/trigger`);
    const { run_id: runId, session_id: sessionId } = body as { run_id?: string; session_id?: string };
    if (runId && sessionId) load.acknowledge({ runId, sessionId, agentId: DRILL_AGENT, kind: "scheduled" });
    return;
  }
  const sessionId = randomUUID();
  const asking =
    random() < SHARE_OF_ASKING ? WAITING_AGENTS[Math.floor(random() * WAITING_AGENTS.length)] : undefined;
  const agentId = asking ?? DRILL_AGENT;
  const message =
    asking === undefined ? someMessage(random, witnessOrigin) : effectMessage(witnessOrigin, "asked");
  const kind = random() < 0.5 ? ("background" as const) : ("streamed" as const);
  let isAcknowledged = false;
  const acknowledge = (runId: string) => {
    isAcknowledged = true;
    load.acknowledge({ runId, sessionId, agentId, kind });
  };
  try {
    await ask(client, { agentId, kind, fields: { message, session_id: sessionId } }, acknowledge, signal);
  } catch (error) {
    const brokeOffAt = performance.now();
    if (!isAcknowledged) load.leaveUnanswered({ sessionId, agentId, kind, brokeOffAt });
    throw error;
  }
}

interface Question {
  agentId: string;
  kind: "background" | "streamed";
  fields: { message: string; session_id: string };
}

async function ask(
  client: ApiClient,
  { agentId, kind, fields }: Question,
  acknowledge: (runId: string) => void,
  signal: AbortSignal,
): Promise<void> {
  if (kind === "background") {
    const response = await client.open(`/agents/${agentId}/runs`, {
      ...fields,
      background: "true",
      stream: "false",
    });
    const body = (await response.json()) as { run_id: string };
    if (response.status !== 202) throw new Error(`A background run answered ${response.status}.`);
    acknowledge(body.run_id);
    return;
  }
  const response = await client.open(`/agents/${agentId}/runs`, fields);
  if (response.status !== 200) throw new Error(`A run answered ${response.status}.`);
  for await (const frame of readFrames(response)) {
    if (frame.event === "RunStarted" && typeof frame.run_id === "string") acknowledge(frame.run_id);
    if (signal.aborted) break;
  }
}

function someMessage(random: () => number, witnessOrigin: string): string {
  const kind = random();
  if (kind < 0.5) return effectMessage(witnessOrigin, "load");
  if (kind < 0.65) {
    const send = JSON.stringify({ url: `${witnessOrigin}/hook`, json: { note: "one of two" } });
    return `/parallel /slow 5 /tool send_request ${send}\n/tool send_request ${send}`;
  }
  if (kind < 0.8) return `/slow 5 /tool web_fetch ${JSON.stringify({ url: `${witnessOrigin}/page` })}`;
  if (kind < 0.9) return `/slow 5 /tool set_session_state {"key":"seen","value":"yes"}`;
  return "/slow 5 /long 60";
}
