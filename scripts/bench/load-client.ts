import http from "node:http";

/** What one request took. */
export interface Sample {
  /** Milliseconds from sending to the first event (or byte) of the body. */
  firstMs: number;
  totalMs: number;
}

/** A request that a load repeats. */
export interface LoadRequest {
  method: "GET" | "POST";
  path: string;
  headers: Record<string, string>;
  body?: string;
  /** Text that the body of a good answer holds. */
  mustContain: string;
}

/** The result of a load. */
export interface Load {
  samples: Sample[];
  requestsPerSecond: number;
}

/**
 * Sends `count` requests, `concurrency` at a time over kept connections, and times each.
 * Rejects at the first answer that is not a 200 with the expected text.
 */
export async function applyLoad(
  baseUrl: string,
  request: LoadRequest,
  options: { count: number; concurrency: number },
): Promise<Load> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: options.concurrency });
  const samples: Sample[] = [];
  let left = options.count;
  const began = performance.now();
  try {
    await Promise.all(
      Array.from({ length: options.concurrency }, async () => {
        while (left > 0) {
          left -= 1;
          samples.push(await send(baseUrl, request, agent));
        }
      }),
    );
  } finally {
    agent.destroy();
  }
  return { samples, requestsPerSecond: (samples.length / (performance.now() - began)) * 1_000 };
}

function send(baseUrl: string, request: LoadRequest, agent: http.Agent): Promise<Sample> {
  const { promise, resolve, reject } = Promise.withResolvers<Sample>();
  const began = performance.now();
  const outgoing = http.request(
    `${baseUrl}${request.path}`,
    { method: request.method, headers: request.headers, agent },
    (response) => {
      let firstMs: number | null = null;
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        firstMs ??= performance.now() - began;
        text += chunk;
      });
      response.on("end", () => {
        const totalMs = performance.now() - began;
        if (response.statusCode === 200 && text.includes(request.mustContain)) {
          resolve({ firstMs: firstMs ?? totalMs, totalMs });
        } else reject(new Error(`${request.path} answered ${response.statusCode}: ${text.slice(0, 500)}`));
      });
      response.on("error", reject);
    },
  );
  outgoing.on("error", reject);
  outgoing.end(request.body);
  return promise;
}
