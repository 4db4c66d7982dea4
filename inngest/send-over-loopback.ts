import { Agent, fetch } from "undici";

/** Sends a request to this process's own server. A step may take as long as it likes to answer. */
export async function sendOverLoopback(request: Request): Promise<Response> {
  dispatcher ??= new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  const response = await fetch(request.url, {
    method: request.method,
    headers: [...request.headers],
    body: await request.text(),
    dispatcher,
  });
  return new Response(await response.text(), {
    status: response.status,
    headers: [...response.headers],
  });
}

let dispatcher: Agent | undefined;
