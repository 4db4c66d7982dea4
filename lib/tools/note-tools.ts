import { z } from "zod";
import type { Scope } from "#lib/core/scope.ts";
import type { Tool } from "#lib/core/tool.ts";

/** Where notes are kept. */
export interface NoteBook {
  create(scope: Scope, note: { sessionId: string; runId: string; text: string }): Promise<{ id: string }>;
  list(scope: Scope, limit: number): Promise<{ id: string; text: string; createdAt: Date }[]>;
}

const noteSchema = z.object({ text: z.string().trim().min(1).max(10_000).describe("The note's text.") });
const listSchema = z.object({
  limit: z.number().int().min(1).max(100).default(20).describe("How many of the newest notes to list."),
});

/** The tools that write and list notes of the run's subject. */
export function createNoteTools(notes: NoteBook): readonly [Tool, Tool] {
  const takeNote: Tool<z.infer<typeof noteSchema>> = {
    name: "take_note",
    title: "Take a note",
    description: "Write down a note for the user. It stays after this conversation.",
    effect: "write",
    input: noteSchema,
    async execute({ text }, { scope, sessionId, runId }) {
      const { id } = await notes.create(scope, { sessionId, runId, text });
      return { id, text };
    },
  };
  const listNotes: Tool<z.infer<typeof listSchema>> = {
    name: "list_notes",
    title: "List notes",
    description: "List the notes that were written down for the user, newest first.",
    effect: "read",
    input: listSchema,
    async execute({ limit }, { scope }) {
      const found = await notes.list(scope, limit);
      return found.map(({ id, text, createdAt }) => ({ id, text, written: createdAt.toISOString() }));
    },
  };
  return [takeNote as Tool, listNotes as Tool];
}
