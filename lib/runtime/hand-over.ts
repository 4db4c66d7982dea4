const HAND_OVER = Symbol.for("gatehouse.hand-over");

/** The reason with which a driver is stopped whose run shall go on elsewhere: nothing is written, nothing is over. */
export class HandOver extends Error {
  readonly [HAND_OVER] = true;

  constructor() {
    super("The process stops; the run goes on in another.");
    this.name = "HandOver";
  }

  /** Whether a reason is this one. The process may have this class twice: once in Next's bundle. */
  static isInstance(reason: unknown): reason is HandOver {
    return reason instanceof Error && HAND_OVER in reason;
  }
}
