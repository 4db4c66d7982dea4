import type { Message } from "#lib/core/message.ts";
import { runLineageSchema } from "#lib/core/run-lineage.ts";
import type { RunDetail, RunOutput } from "#lib/core/run-wire.ts";
import { wireTime } from "#lib/core/wire-time.ts";

/** A run in the list of a session's runs: the whole run in the list's own shape, empty values in place. */
export function runDetail(run: RunOutput, createdAt: Date, messages: Message[]): RunDetail {
  return {
    run_id: run.run_id,
    parent_run_id: run.parent_run_id ?? "",
    ...(run.agent_id === undefined ? {} : { agent_id: run.agent_id }),
    user_id: run.user_id ?? "",
    status: run.status,
    run_input: run.input.input_content,
    content: run.content ?? null,
    run_response_format: (run.content_type ?? "str") === "str" ? "text" : "json",
    reasoning_content: run.reasoning_content ?? "",
    reasoning_steps: run.reasoning_steps ?? [],
    metrics: run.metrics ?? null,
    messages,
    tools: run.tools.length === 0 ? null : run.tools,
    created_at: wireTime(createdAt),
    references: [],
    reasoning_messages: [],
    session_state: run.session_state,
    images: run.images ?? [],
    videos: run.videos ?? [],
    audio: run.audio ?? [],
    files: run.files ?? [],
    input_media: {
      images: run.input.images ?? [],
      videos: run.input.videos ?? [],
      audios: run.input.audios ?? [],
      files: run.input.files ?? [],
    },
    ...(run.followups === undefined ? {} : { followups: run.followups }),
    ...runLineageSchema.parse(run),
  };
}
