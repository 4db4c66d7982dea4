import type { Tool } from "#lib/core/tool.ts";
import { askUser, getUserInput } from "./ask-tools.ts";
import { calculator } from "./calculator.ts";
import { currentTime } from "./current-time.ts";
import { getSessionState } from "./get-session-state.ts";
import type { GuardedFetch } from "./guarded-fetch.ts";
import { analyze, think } from "./reasoning-tools.ts";
import { createNoteTools, type NoteBook } from "./note-tools.ts";
import { createSendRequest } from "./send-request.ts";
import { setSessionState } from "./set-session-state.ts";
import { createWebFetch } from "./web-fetch.ts";

/** What the built-in tools need from the world. */
export interface ToolWorld {
  notes: NoteBook;
  guardedFetch: GuardedFetch;
}

/** The built-in tools by name, in the order in which a form lists them. */
export function createToolRegistry(world: ToolWorld): ReadonlyMap<string, Tool> {
  const [takeNote, listNotes] = createNoteTools(world.notes);
  const tools = [
    calculator,
    currentTime,
    createWebFetch(world.guardedFetch),
    createSendRequest(world.guardedFetch),
    getSessionState,
    setSessionState,
    takeNote,
    listNotes,
    getUserInput,
    askUser,
    think,
    analyze,
  ] as readonly Tool[];
  return new Map(tools.map((tool) => [tool.name, tool]));
}
