/** A caller's key for a start as the run's row has it: keys belong to the run's subject. */
export function storedIdempotencyKey(subject: string | null, key: string): string {
  return JSON.stringify([subject, key]);
}
