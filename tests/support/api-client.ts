import { readFrames } from "#lib/client/read-frames.ts";
import type { ReceivedFrame } from "#lib/core/run-view.ts";
import { signTestToken } from "./sign-test-token.ts";

/** A caller of a server's API with a token of its own. */
export interface ApiClient {
  /** Sends a request with the caller's token. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Sends JSON and returns status and parsed answer. */
  json(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  /** Starts a run and reads its stream to the end. */
  run(
    agentId: string,
    fields: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<ReceivedFrame[]>;
  /** Opens a run's stream and hands out its frames as they come. */
  open(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
}

/** Makes a caller; `sub` is whose sessions it sees, `scopes` what it may do. */
export async function apiClient(
  baseUrl: string,
  caller: { sub?: string; scopes?: string[]; session_id?: string } = {},
): Promise<ApiClient> {
  const authorization = `Bearer ${await signTestToken(caller)}`;
  const request: ApiClient["request"] = (path, init = {}) =>
    fetch(`${baseUrl}/api${path}`, {
      ...init,
      headers: { authorization, ...(init.headers as Record<string, string> | undefined) },
    });
  const open: ApiClient["open"] = (path, fields, headers = {}) =>
    request(path, { method: "POST", body: new URLSearchParams(fields), headers });
  return {
    request,
    open,
    async json(method, path, body) {
      const response = await request(path, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      });
      const text = await response.text();
      return { status: response.status, body: text === "" ? null : (JSON.parse(text) as unknown) };
    },
    async run(agentId, fields, headers) {
      const response = await open(`/agents/${agentId}/runs`, fields, headers);
      if (!response.ok) throw new Error(`POST runs answered ${response.status}: ${await response.text()}`);
      return allFrames(response);
    },
  };
}

/** Reads a stream to its end. */
export async function allFrames(response: Response): Promise<ReceivedFrame[]> {
  const frames: ReceivedFrame[] = [];
  for await (const frame of readFrames(response)) frames.push(frame);
  return frames;
}
