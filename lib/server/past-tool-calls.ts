import type { LanguageModelV4ToolResultOutput } from "@ai-sdk/provider";
import type { JsonValue } from "#lib/core/json.ts";
import type { Scope } from "#lib/core/scope.ts";
import { readRunPage } from "#lib/db/runs.ts";
import type { HistoryRun } from "#lib/runtime/ports.ts";
import type { PastCall } from "#lib/tools/history-book.ts";
import { loadHistoryRuns } from "./load-history.ts";

/** Runs that are read at a time, and in all: a session may be long, and its last calls are near its end. */
const RUNS_AT_A_TIME = 10;
const MOST_RUNS = 100;

/** The newest calls of tools in the runs of a session that stand before one, oldest first. */
export async function pastToolCalls(
  scope: Scope,
  { sessionId, runId }: { sessionId: string; runId: string },
  limit: number,
): Promise<PastCall[]> {
  const calls: PastCall[] = [];
  for (let offset = 0; offset < MOST_RUNS && calls.length < limit; offset += RUNS_AT_A_TIME) {
    const runs = await readRunPage(
      scope,
      { sessionId, before: runId, told: true },
      { order: "newest_first", limit: RUNS_AT_A_TIME, offset },
    );
    const ids = runs.map(({ id }) => id).reverse();
    // What calls have brought is said in their results.
    calls.unshift(...(await loadHistoryRuns(scope, ids, { files: false })).flatMap(callsOf));
    if (runs.length < RUNS_AT_A_TIME) break;
  }
  return calls.slice(-limit);
}

function callsOf({ messages }: HistoryRun): PastCall[] {
  const results = new Map<string, string>();
  for (const message of messages) {
    if (message.role !== "tool") continue;
    for (const part of message.content) {
      if (part.type === "tool-result") results.set(part.toolCallId, textOf(part.output));
    }
  }
  return messages.flatMap((message) => {
    if (message.role !== "assistant") return [];
    return message.content.flatMap((part) => {
      if (part.type !== "tool-call") return [];
      const { toolCallId, toolName, input } = part;
      return [{ tool_name: toolName, arguments: input as JsonValue, result: results.get(toolCallId) ?? "" }];
    });
  });
}

function textOf(output: LanguageModelV4ToolResultOutput): string {
  switch (output.type) {
    case "text":
    case "error-text":
      return output.value;
    case "execution-denied":
      return output.reason ?? "";
    case "json":
    case "error-json":
    case "content":
      return JSON.stringify(output.value);
  }
}
