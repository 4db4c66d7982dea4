"use client";

import { Pencil, User } from "lucide-react";
import { useState } from "react";
import type { ConversationTurn } from "#lib/core/conversation.ts";
import { jsonObjectOf } from "#lib/core/json-object-of.ts";
import type { JsonObject } from "#lib/core/json.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";
import { AttachmentList } from "./attachment-list.tsx";
import { FieldList } from "./field-list.tsx";
import { QuestionEditor } from "./question-editor.tsx";
import type { TurnActions } from "./turn-actions.ts";
import { TURN_GRID, TurnMark } from "./turn-mark.tsx";

interface TurnQuestionProps {
  /** As the shown version has it. */
  question: string;
  turn: ConversationTurn;
  /** What it looks like when it was filled into a form; null for text. */
  schema: JsonObject | null;
  isLast: boolean;
  /** Null where it cannot be asked in other words now. */
  onEdit: TurnActions["edit"];
}

/** What a person has asked, with a way to ask it in other words. */
export function TurnQuestion({ question, turn, schema, isLast, onEdit }: TurnQuestionProps) {
  const [editing, setEditing] = useState(false);
  const values = schema === null ? null : jsonObjectOf(question);
  return (
    <section className={TURN_GRID}>
      <TurnMark>
        <User aria-hidden className="size-3.5" />
      </TurnMark>
      <div className="min-w-0">
        <header className="flex h-6 items-center gap-1.5">
          <h3 className="font-semibold">You</h3>
          <span className="flex-1" />
          {onEdit === null || editing ? null : (
            <IconButton
              size="sm"
              className="text-fg-3 [&_svg]:size-3.5! sm:[&_svg]:size-3.5!"
              label="Edit and resend"
              onClick={() => setEditing(true)}
            >
              <Pencil />
            </IconButton>
          )}
          <RelativeTime value={turn.askedAtMs} className="text-sm text-fg-3" />
        </header>
        {editing && onEdit !== null ? (
          <QuestionEditor
            question={question}
            hint={isLast ? undefined : "Goes on in a new conversation; this one stays as it is."}
            onSend={(text) => onEdit(turn, text)}
            onClose={() => setEditing(false)}
          />
        ) : values === null ? (
          <p className="max-w-[68ch] text-md break-words whitespace-pre-wrap">{question}</p>
        ) : (
          <FieldList value={values} schema={schema} />
        )}
        <AttachmentList files={turn.files} />
      </div>
    </section>
  );
}
