import type { JournalEvent } from "./journal.ts";
import type { RunEventBodyOf } from "./run-event.ts";

/** The bodies whose pieces make up a text or a reasoning part. */
export type TextBody = RunEventBodyOf<"RunContent"> | RunEventBodyOf<"ReasoningContentDelta">;

/** A row of the journal that carries a piece, or several compacted ones, of a text or reasoning part. */
export type TextEvent = JournalEvent & { body: TextBody };

/** True for rows whose text may be merged and cut. */
export function isTextEvent(event: JournalEvent): event is TextEvent {
  return event.body.type === "RunContent" || event.body.type === "ReasoningContentDelta";
}

/** The text of a piece. */
export function textOf(body: TextBody): string {
  switch (body.type) {
    case "RunContent":
      return body.content;
    case "ReasoningContentDelta":
      return body.reasoning_content;
  }
}

/** The UTF-16 offsets at which the pieces of a row end; one entry for a row that was never compacted. */
export function cutsOf(body: TextBody): readonly number[] {
  return body.cuts ?? [textOf(body).length];
}

/** The same kind of body with other text. A single piece carries no cuts. */
export function withText(body: TextBody, text: string, cuts: readonly number[]): TextBody {
  const kept = cuts.length > 1 ? { cuts: [...cuts] } : {};
  switch (body.type) {
    case "RunContent":
      return {
        type: body.type,
        content: text,
        content_type: body.content_type,
        ...(body.intermediate === true ? { intermediate: true } : {}),
        ...kept,
      };
    case "ReasoningContentDelta":
      return { type: body.type, reasoning_content: text, ...kept };
  }
}
