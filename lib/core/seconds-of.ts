/** A moment in whole seconds since the epoch, as the wire has it. */
export function secondsOf(moment: Date): number {
  return Math.floor(moment.getTime() / 1_000);
}
