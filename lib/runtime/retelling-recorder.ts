import { quietRecorder } from "./quiet-recorder.ts";
import type { TurnRecorder } from "./turn-recorder.ts";

/**
 * A recorder for a model call that puts a run's answer into other words: what it writes is the answer, and goes out as
 * it comes; what it thinks is kept from it. `written` is what has gone out.
 */
export function retellingRecorder(recorder: TurnRecorder): TurnRecorder & { readonly written: string } {
  const quiet = quietRecorder();
  let part = quiet;
  let written = "";
  return {
    get written() {
      return written;
    },
    record: (body) => {
      // Told once it is paid for: a run that waits for money has not begun to write.
      if (body.type === "ModelRequestStarted") recorder.record({ type: "OutputModelResponseStarted" });
    },
    openPart: (kind) => {
      part = kind === "text" ? recorder : quiet;
      part.openPart(kind, false);
    },
    write: (delta) => part.write(delta),
    closePart: () => {
      const text = part.closePart();
      if (part === recorder) written += text;
      return text;
    },
  };
}
