import { exampleRequest } from "./example-request.ts";
import type { IncompleteCall } from "./plan-stages.ts";

const LONGEST_QUOTE = 200;

/** Says what a tool still needs to be told, with a sentence that would do. */
export function askForMissing(incomplete: IncompleteCall): string {
  const keys = incomplete.missing.map((key) => `\`${key}\``).join(" and ");
  return (
    `**${incomplete.tool.name}** fits “${shorten(incomplete.request)}”, but I found no ${keys} there and I do not ` +
    `make values up. Try for example: *${exampleRequest(incomplete.tool)}*`
  );
}

function shorten(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
