import { AppError } from "#lib/core/app-error.ts";
import { tooLarge } from "./too-large.ts";

/**
 * Yields the request's body piece by piece and refuses what is over `maxBytes`: at once when content-length says so,
 * else as soon as the bytes have come, whatever content-length said. A body that breaks off is a 400.
 */
export async function* bodyChunks(request: Request, maxBytes: number): AsyncGenerator<Uint8Array> {
  const announced = Number(request.headers.get("content-length") ?? "0");
  if (announced > maxBytes) throw tooLarge("The request body", maxBytes);
  if (request.body === null) return;
  const reader = request.body.getReader();
  let received = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new AppError("bad_request", "The request body broke off before its end.", { cause });
      });
      if (done) return;
      received += value.byteLength;
      if (received > maxBytes) throw tooLarge("The request body", maxBytes);
      yield value;
    }
  } finally {
    // What is left is of no interest; a failed cancel only means that the connection is gone already.
    reader.cancel().catch(() => undefined);
  }
}
