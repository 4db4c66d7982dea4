import type { BusboyInstance } from "@fastify/busboy";
import { AppError } from "#lib/core/app-error.ts";

/**
 * Pushes the body through the parser and resolves when the form is complete. `listen` attaches the caller's
 * listeners and gets the way to refuse the form; the first refusal (of a listener, the parser or the body) ends the
 * reading at once and is thrown.
 */
export async function feed(
  parser: BusboyInstance,
  chunks: AsyncIterable<Uint8Array>,
  listen: (refuse: (error: unknown) => void) => void,
): Promise<void> {
  const complete = new Promise<void>((resolve, reject) => {
    parser.once("finish", resolve);
    parser.on("error", (cause) =>
      reject(new AppError("bad_request", "The form is malformed or breaks off before its end.", { cause })),
    );
    listen(reject);
  });
  complete.catch(() => undefined);
  for await (const chunk of chunks) {
    const written = new Promise<void>((resolve) => parser.write(Buffer.from(chunk), () => resolve()));
    await Promise.race([written, complete]);
  }
  parser.end();
  await complete;
}
