import { storableText } from "../core/storable-json.ts";
import type { TurnRecorder } from "./turn-recorder.ts";

/** A recorder for a model call whose words belong to nobody's answer: it writes nothing and keeps the open part. */
export function quietRecorder(): TurnRecorder {
  let pieces: string[] = [];
  return {
    record: () => undefined,
    openPart: () => {
      pieces = [];
    },
    write: (delta) => {
      pieces.push(delta);
      return undefined;
    },
    closePart: () => {
      const text = storableText(pieces.join(""));
      pieces = [];
      return text;
    },
  };
}
