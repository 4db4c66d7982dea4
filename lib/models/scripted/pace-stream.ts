import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";

/**
 * Streams parts with a pause before each delta. Without a pause everything is queued at once: no timer and no
 * promise a part. An abort errors the stream with the signal's reason.
 */
export function paceStream(
  parts: Iterable<LanguageModelV4StreamPart>,
  delayMs: number,
  signal: AbortSignal | undefined,
): ReadableStream<LanguageModelV4StreamPart> {
  let stopListening = (): void => undefined;
  let timer: NodeJS.Timeout | undefined;
  const iterator = parts[Symbol.iterator]();
  return new ReadableStream<LanguageModelV4StreamPart>({
    start(controller) {
      if (signal !== undefined) {
        const abort = (): void => {
          clearTimeout(timer);
          controller.error(signal.reason);
        };
        signal.addEventListener("abort", abort, { once: true });
        stopListening = () => signal.removeEventListener("abort", abort);
      }
      if (delayMs > 0) return;
      for (const part of parts) controller.enqueue(part);
      controller.close();
      // The queue may still be waiting to be read, so the listener stays: a later abort drops it.
    },
    pull(controller) {
      return new Promise<void>((resolve) => {
        const send = (part: LanguageModelV4StreamPart): void => {
          if (signal?.aborted !== true) controller.enqueue(part);
          resolve();
        };
        const next = iterator.next();
        if (next.done === true) {
          stopListening();
          controller.close();
          resolve();
        } else if (next.value.type.endsWith("-delta")) {
          timer = setTimeout(() => send(next.value), delayMs);
        } else send(next.value);
      });
    },
    cancel() {
      clearTimeout(timer);
      stopListening();
    },
  });
}
