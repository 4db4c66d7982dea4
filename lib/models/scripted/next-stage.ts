/** The calls that are next, given how many results there are; empty when all have been made. */
export function nextStage<Call>(stages: readonly Call[][], resultCount: number): Call[] {
  let before = 0;
  for (const stage of stages) {
    if (before >= resultCount) return stage;
    before += stage.length;
  }
  return [];
}
