import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { RUN_EVENT_SCHEMA_VERSION, runEventBodySchema } from "#lib/core/run-event.ts";
import { type RecordedJournal, replayJournal } from "#tests/support/replay-journal.ts";

const FOLDER = path.join(import.meta.dirname, "..", "..", "tests", "fixtures", "journals");

const versions = Array.from({ length: RUN_EVENT_SCHEMA_VERSION }, (_, at) => at + 1);

describe.each(versions)("the journals that version %i of the events has recorded", (version) => {
  const folder = path.join(FOLDER, `version-${version}`);
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));

  it.each(files)("are read and folded as they were then: %s", (file) => {
    const recorded = JSON.parse(readFileSync(path.join(folder, file), "utf8")) as RecordedJournal & {
      folded: unknown;
    };
    for (const { body, schemaVersion } of recorded.events) {
      expect(runEventBodySchema.parse(body)).toEqual(body);
      expect(schemaVersion).toBe(version);
    }
    // What a fold has come to show beside that is new, and was not recorded.
    expect(replayJournal(recorded)).toMatchObject(recorded.folded as object);
  });

  it("are some", () => {
    expect(files.length).toBeGreaterThan(0);
  });
});
