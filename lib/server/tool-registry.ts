import { processSingleton } from "#lib/core/process-singleton.ts";
import type { Tool } from "#lib/core/tool.ts";
import { createNote, listNotes } from "#lib/db/notes.ts";
import { environment } from "#lib/env.ts";
import { createGuardedFetch } from "#lib/tools/guarded-fetch.ts";
import { createToolRegistry } from "#lib/tools/tool-registry.ts";

/** The tools of this process by name. */
export function toolRegistry(): ReadonlyMap<string, Tool> {
  return processSingleton("tool-registry", () => {
    const origins = (environment().GATEHOUSE_PRIVATE_ORIGINS ?? "").split(",").map((origin) => origin.trim());
    return createToolRegistry({
      notes: { create: createNote, list: listNotes },
      guardedFetch: createGuardedFetch({
        privateOrigins: new Set(origins.filter((origin) => origin !== "")),
      }),
    });
  });
}
