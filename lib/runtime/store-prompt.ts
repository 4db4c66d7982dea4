import type { JsonObject } from "../core/json.ts";
import type { RunPorts } from "./ports.ts";

/** Keeps the parts of a prompt that repeat from run to run as blobs and returns the prompt as sent, by reference. */
export async function storePrompt(
  blobs: RunPorts["blobs"],
  { system, historyRunIds }: { system: string; historyRunIds: readonly string[] },
  tools: readonly { json: string }[],
  params: JsonObject,
): Promise<JsonObject> {
  const [systemHash, toolsHash] = await Promise.all([
    system === "" ? null : blobs.putText(system, "text/plain"),
    tools.length === 0
      ? null
      : blobs.putText(`[${tools.map(({ json }) => json).join(",")}]`, "application/json"),
  ]);
  return {
    ...(systemHash === null ? {} : { system: systemHash }),
    ...(toolsHash === null ? {} : { tools: toolsHash }),
    history: [...historyRunIds],
    params,
  };
}
