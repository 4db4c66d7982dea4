import type { OfferedTool } from "./choose-tool.ts";
import { exampleRequest } from "./example-request.ts";

const MOST_EXAMPLES = 5;

/** Says what this model is and what it can be asked, when nothing else fits. */
export function explainYourself(
  tools: readonly OfferedTool[],
  attachments: readonly { filename: string }[],
): string {
  const seen =
    attachments.length === 0
      ? ""
      : `I see ${attachments.length === 1 ? "one attachment" : `${attachments.length} attachments`} ` +
        `(${attachments.map(({ filename }) => filename).join(", ")}). `;
  const self =
    `${seen}I am the scripted demo model, not a language model: I follow fixed rules and know nothing myself. ` +
    "Connect a model on the Models page for real answers.";
  if (tools.length === 0) return `${self} This agent has no tools, so I can only show how an answer streams.`;
  const examples = tools
    .slice(0, MOST_EXAMPLES)
    .map((tool) => `- **${tool.name}**: *${exampleRequest(tool)}*`);
  return `${self} No tool fits your message. With the tools of this agent you can try:\n\n${examples.join("\n")}`;
}
