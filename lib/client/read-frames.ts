import { EventSourceParserStream } from "eventsource-parser/stream";
import type { ReceivedFrame } from "#lib/core/run-view.ts";

/**
 * Reads the frames of a run's event stream until it ends.
 * Frames whose data is not a JSON object are skipped: the stream belongs to the server and may grow.
 */
export async function* readFrames(response: Response): AsyncGenerator<ReceivedFrame> {
  if (response.body === null) return;
  const messages = response.body
    .pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array<ArrayBuffer>, string>)
    .pipeThrough(new EventSourceParserStream());
  const reader = messages.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const frame = parseFrame(value.data);
      if (frame !== null) yield frame;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parseFrame(data: string): ReceivedFrame | null {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === "object" && value !== null && "event" in value ? (value as ReceivedFrame) : null;
  } catch {
    return null;
  }
}
