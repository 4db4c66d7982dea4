import { ApiError } from "./api-error.ts";

/** Where the API is and how to be known there. `fetch` is injected by tests. */
export interface ApiConnection {
  /** Such as `/api` in the console or `http://host:7777/api` elsewhere; no slash at the end. */
  baseUrl: string;
  headers?: Record<string, string>;
  fetch?: typeof fetch;
}

/** One request: `json` and `form` are bodies; a form is sent as multipart. */
export interface ApiRequest {
  method?: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  path: string;
  json?: unknown;
  form?: FormData;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/**
 * Sends a request and returns the response once its status is a success.
 * Throws ApiError with the API's own sentence otherwise, and what fetch throws when nobody answers.
 */
export async function apiRequest(connection: ApiConnection, request: ApiRequest): Promise<Response> {
  const headers: Record<string, string> = { ...connection.headers, ...request.headers };
  let body: BodyInit | undefined;
  if (request.json !== undefined) {
    headers["content-type"] = "application/json";
    body = JSON.stringify(request.json);
  } else if (request.form !== undefined) {
    body = request.form;
  }
  const response = await (connection.fetch ?? fetch)(`${connection.baseUrl}${request.path}`, {
    method: request.method ?? "GET",
    headers,
    ...(body === undefined ? {} : { body }),
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  });
  if (response.ok) return response;
  const answer: unknown = await response.json().catch(() => null);
  const detail = typeof answer === "object" && answer !== null && "detail" in answer ? answer.detail : null;
  throw new ApiError(response.status, detail);
}
