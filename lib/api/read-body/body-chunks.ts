import { AppError } from "#lib/core/app-error.ts";
import { tooLarge } from "./too-large.ts";

/** How much of a refused body is still taken from the connection, so that the client gets to read the answer. */
const MAX_DISCARDED_BYTES = 64 * 1024 * 1024;

/**
 * Yields the request's body piece by piece and refuses what is over `maxBytes`: at once when content-length says so,
 * else as soon as the bytes have come, whatever content-length said. A body that breaks off is a 400.
 */
export async function* bodyChunks(request: Request, maxBytes: number): AsyncGenerator<Uint8Array> {
  if (request.body === null) return;
  const reader = request.body.getReader();
  let received = 0;
  let ended = false;
  try {
    const announced = Number(request.headers.get("content-length") ?? "0");
    if (announced > maxBytes) throw tooLarge("The request body", maxBytes);
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        ended = true;
        throw new AppError("bad_request", "The request body broke off before its end.", { cause });
      });
      ended = done;
      if (done) return;
      received += value.byteLength;
      if (received > maxBytes) throw tooLarge("The request body", maxBytes);
      yield value;
    }
  } finally {
    if (!ended) void discard(reader);
  }
}

/** A connection cut while its client still sends loses the answer on the way. */
async function discard(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  let discarded = 0;
  try {
    while (discarded < MAX_DISCARDED_BYTES) {
      const { done, value } = await reader.read();
      if (done) return;
      discarded += value.byteLength;
    }
    await reader.cancel();
  } catch {
    // The client has closed the connection itself.
  }
}
