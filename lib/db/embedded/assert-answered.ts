const READY_FOR_QUERY = Buffer.from([0x5a, 0, 0, 0, 5]);

/**
 * Throws what the engine last said when `reply` does not end with ReadyForQuery. An engine that panicked (a full disk
 * is enough) leaves it out and would never answer again; its thread must end, and the next start recovers the data.
 */
export function assertAnswered(reply: Uint8Array): void {
  if (Buffer.from(reply.subarray(-6, -1)).equals(READY_FOR_QUERY)) return;
  const said = /\0M([^\0]+)\0/.exec(Buffer.from(reply).toString("utf8"))?.[1];
  throw new Error(said ?? "it gave no answer");
}
