const MEBIBYTE = 1024 * 1024;
/** A list of models, an answer in one piece, a page of an error. */
const MOST_BYTES = 32 * MEBIBYTE;
/** One line of an event stream, a picture in it included. */
const MOST_BYTES_OF_A_LINE = 16 * MEBIBYTE;
const LINE_FEED = 10;

/**
 * The same response with a body that fails once it is larger than what a model's server has to say. Whoever reads a
 * body keeps all of it, unpacked; of an event stream, which may last, the line that has not ended. Without the bound
 * one server that never ends takes the process's memory.
 */
export function boundedResponse(response: Response): Response {
  const { body, status, statusText, headers } = response;
  if (body === null) return response;
  const isStream = /^text\/event-stream\b/i.test(headers.get("content-type") ?? "");
  const limit = isStream ? MOST_BYTES_OF_A_LINE : MOST_BYTES;
  let counted = 0;
  const bounded = body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        const lineEnd = isStream ? chunk.lastIndexOf(LINE_FEED) : -1;
        counted = lineEnd === -1 ? counted + chunk.byteLength : chunk.byteLength - lineEnd - 1;
        if (counted > limit) {
          throw new Error(
            `The server's answer is larger than ${limit / MEBIBYTE} MB and was not read further.`,
          );
        }
        controller.enqueue(chunk);
      },
    }),
  );
  return new Response(bounded, { status, statusText, headers });
}
