import { processSingleton } from "./process-singleton.ts";

/** The moments at which a drill may end the process: each is the edge of something that must happen whole or not at all. */
export const FAIL_POINTS = [
  "run-claimed",
  "tool-before-execute",
  "tool-executed",
  "append-before-commit",
  "append-committed",
  "relay-before-send",
  "relay-sent",
  "job-claimed",
  "transition-before-commit",
  "transition-committed",
] as const;

export type FailPoint = (typeof FAIL_POINTS)[number];

/** What the drill has armed in this process; the server's start fills it. */
export interface ArmedFailPoint {
  name: string;
  /** How many times the point is passed before the end. */
  passesLeft: number;
  kill(): void;
}

const holder = () =>
  processSingleton<{ armed: ArmedFailPoint | null }>("fail-point", () => ({ armed: null }));

/** Ends the process here when a drill has armed this point and it is its turn; otherwise costs nothing. */
export function failPoint(name: FailPoint): void {
  const { armed } = holder();
  if (armed === null || armed.name !== name) return;
  if (armed.passesLeft > 0) armed.passesLeft -= 1;
  else armed.kill();
}

/** Arms a point in this process; null disarms. For the server's start and tests. */
export function armFailPoint(armed: ArmedFailPoint | null): void {
  holder().armed = armed;
}
