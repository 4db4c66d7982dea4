import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Scope } from "#lib/core/scope.ts";
import type { ToolContext } from "#lib/core/tool.ts";
import { createNote, listNotes } from "#lib/db/notes.ts";
import { makeScope } from "#tests/support/make-scope.ts";
import { openTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { createNoteTools } from "./note-tools.ts";

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

const [takeNote, list] = createNoteTools({ create: createNote, list: listNotes });
const contextOf = (scope: Scope) => ({ scope, sessionId: "s1", runId: "r1" }) as ToolContext;

describe("notes", () => {
  it("are kept for the run's subject and for nobody else", async () => {
    const ann = await makeScope({ subject: "ann" });
    const bob = { ...ann, subject: "bob" };
    const elsewhere = await makeScope({ subject: "ann" });
    await takeNote.execute({ text: "call the supplier" }, contextOf(ann));
    await takeNote.execute({ text: "and the carrier" }, contextOf(ann));
    expect(await list.execute({ limit: 1 }, contextOf(ann))).toMatchObject([{ text: "and the carrier" }]);
    expect(await list.execute({ limit: 20 }, contextOf(ann))).toHaveLength(2);
    expect(await list.execute({ limit: 20 }, contextOf(bob))).toEqual([]);
    expect(await list.execute({ limit: 20 }, contextOf({ ...ann, subject: null }))).toEqual([]);
    expect(await list.execute({ limit: 20 }, contextOf(elsewhere))).toEqual([]);
  });
});
