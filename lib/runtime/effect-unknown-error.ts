/** Ends a run whose last driver died while tools that change the world were at work: they must not run again. */
export class EffectUnknownError extends Error {
  constructor(toolNames: readonly string[]) {
    const [first = "", ...others] = [...new Set(toolNames)];
    super(
      others.length === 0
        ? `The server stopped while the tool ${first} was at work, and it is not known whether it took effect: check that before you ask again.`
        : `The server stopped while the tools ${[first, ...others].join(", ")} were at work, and it is not known whether they took effect: check that before you ask again.`,
    );
    this.name = "EffectUnknownError";
  }
}
