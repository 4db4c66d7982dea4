import type { RunRecorder } from "./run-recorder.ts";

/** The part of a run's recorder that a model call writes to. */
export type TurnRecorder = Pick<RunRecorder, "record" | "openPart" | "write" | "closePart">;
