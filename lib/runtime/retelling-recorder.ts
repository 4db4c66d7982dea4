import { quietRecorder } from "./quiet-recorder.ts";
import type { TurnRecorder } from "./turn-recorder.ts";

/**
 * A recorder for a model call that puts a run's answer into other words: what it writes is the answer, and goes out as
 * it comes; what it thinks is kept from it.
 */
export function retellingRecorder(recorder: TurnRecorder): TurnRecorder {
  const quiet = quietRecorder();
  let part = quiet;
  return {
    record: (body) => {
      // Told once it is paid for: a run that waits for money has not begun to write.
      if (body.type === "ModelRequestStarted") recorder.record({ type: "OutputModelResponseStarted" });
    },
    openPart: (kind) => {
      part = kind === "text" ? recorder : quiet;
      part.openPart(kind, false);
    },
    write: (delta) => part.write(delta),
    closePart: () => part.closePart(),
  };
}
