import { randomUUID } from "node:crypto";
import type { NewEvent } from "#lib/core/journal.ts";
import type { RunEventBody } from "#lib/core/run-event.ts";
import type { CreateRun } from "#lib/db/create-run.ts";

/** A run ready for the journal's writer, in a session of its own, with whatever a test cares about laid over it. */
export function newRun(overrides: Partial<CreateRun> & { sessionId?: string } = {}): CreateRun {
  const { sessionId = randomUUID(), ...fields } = overrides;
  const runId = fields.runId ?? randomUUID();
  return {
    runId,
    rootRunId: runId,
    parentRunId: null,
    session: { id: sessionId, title: null, state: {} },
    subject: null,
    componentType: "agent",
    componentId: "plain",
    componentName: "Plain",
    componentVersion: null,
    modelProvider: "Scripted",
    modelId: "demo-1",
    input: { content: "hello" },
    inputPreview: "hello",
    events: [newEvent(runId, { type: "RunStarted" })],
    bootId: "boot_test",
    ...fields,
  };
}

/** An event of a run, written at a fixed time. */
export function newEvent(runId: string, body: RunEventBody): NewEvent {
  return { runId, createdAtMs: 1_795_446_471_000, body };
}

/** A piece of an answer. */
export function newText(runId: string, content: string): NewEvent {
  return newEvent(runId, { type: "RunContent", content, content_type: "str" });
}
