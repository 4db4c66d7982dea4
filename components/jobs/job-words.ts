const WORDS: Record<string, string> = {
  "run-drive": "Drive a run",
  "run-after": "Work after a reply",
  "schedule-dispatch": "Find due schedules",
  "schedule-fire": "Carry out a schedule",
  "requirement-expire": "Watch an open question",
  "retention-prune": "Clear out old rows",
};

/** What a durable function is for, in words; its id where it has none. */
export function jobWords(functionId: string): string {
  const failed = functionId.endsWith("-failure");
  const id = failed ? functionId.slice(0, -"-failure".length) : functionId;
  const words = WORDS[id] ?? id;
  return failed ? `After a failure: ${words}` : words;
}
