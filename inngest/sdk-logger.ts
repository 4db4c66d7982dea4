import { log } from "#lib/server/log.ts";

/** The SDK's logger: warnings and errors go to our log; what it tells besides is not kept. */
export const sdkLogger = {
  debug: () => {},
  info: () => {},
  warn: (...said: unknown[]) => write("info", said),
  error: (...said: unknown[]) => write("error", said),
};

/** The SDK passes facts and a sentence, a sentence alone, or an Error; among the facts an error is called `err`. */
function write(level: "info" | "error", said: readonly unknown[]): void {
  const sentence = said.find((part) => typeof part === "string") ?? "The Inngest SDK reports something.";
  const facts = said.filter((part) => typeof part === "object" && part !== null);
  const [thrown] = facts.flatMap((part) =>
    part instanceof Error ? [part] : "err" in part ? [part.err] : [],
  );
  const others = facts
    .filter((part) => !(part instanceof Error))
    .map((part) => ({ ...part, err: undefined }));
  log(level, sentence, {
    ...Object.assign({}, ...others),
    ...(thrown === undefined ? {} : { error: thrown }),
  });
}
