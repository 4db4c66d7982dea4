import { describe, expect, it } from "vitest";
import { testAgent } from "#tests/support/run-ports.ts";
import { buildPrompt, userMessage } from "./build-prompt.ts";
import type { HistoryRun } from "./ports.ts";

const nowMs = Date.UTC(2026, 6, 1, 12, 0);
const question = { content: "hello", files: [] };
const earlier = (runId: string): HistoryRun => ({
  runId,
  messages: [{ role: "user", content: [{ type: "text", text: runId }] }],
});

describe("the prompt", () => {
  it("has the recorded server's system part", () => {
    const { system } = buildPrompt(testAgent({ description: "A plain agent" }), question, [], nowMs);
    expect(system).toBe(
      "A plain agent\n<additional_information>\n- Use markdown to format your answers.\n</additional_information>",
    );
  });

  it("has role, instructions and the time where the agent wants them, and no system part without any", () => {
    const full = testAgent({
      role: "Clerk",
      instructions: "Be brief.",
      markdown: false,
      add_datetime_to_context: true,
      timezone_identifier: "Europe/Berlin",
    });
    const { system } = buildPrompt(full, question, [], nowMs);
    expect(system).toMatch(/<your_role>\nClerk\n<\/your_role>\n<instructions>\nBe brief\.\n<\/instructions>/);
    expect(system).toMatch(/Wednesday.* 1 July 2026.*14:00 \(Europe\/Berlin\)/);
    const bare = buildPrompt(testAgent({ markdown: false }), question, [], nowMs);
    expect(bare).toMatchObject({ system: "", messages: [{ role: "user" }] });
  });

  it("shows the last runs of the session, as many as the agent wants, or none", () => {
    const history = ["one", "two", "three"].map(earlier);
    const some = buildPrompt(testAgent({ num_history_runs: 2 }), question, history, nowMs);
    expect(some.historyRunIds).toEqual(["two", "three"]);
    expect(some.messages.map((message) => message.role)).toEqual(["system", "user", "user", "user"]);
    const none = buildPrompt(testAgent({ add_history_to_context: false }), question, history, nowMs);
    expect(none.historyRunIds).toEqual([]);
  });
});

describe("a question's files", () => {
  const file = (mediaType: string, bytes: Uint8Array = Buffer.from("x")) => ({
    filename: "f",
    mediaType,
    bytes,
  });

  it.each([
    "text/plain; charset=utf-8",
    "text/csv",
    "application/json",
    "application/vnd.api+json",
    "image/svg+xml",
  ])("of type %s go as text that every model reads", (mediaType) => {
    expect(userMessage("q", [file(mediaType)]).content[0]).toMatchObject({ type: "text" });
  });

  it.each(["image/png", "IMAGE/JPEG", "application/pdf"])("of type %s go as files", (mediaType) => {
    expect(userMessage("", [file(mediaType)]).content).toMatchObject([
      { type: "file", mediaType: mediaType.toLowerCase(), data: { type: "data" } },
    ]);
  });

  it.each(["application/zip", "video/mp4", "", "application/octet-stream"])(
    "of type %j are refused",
    (mediaType) => {
      expect(() => userMessage("q", [file(mediaType, Buffer.from([0x50, 0x4b, 0]))])).toThrow(
        "of a kind that models do not read",
      );
    },
  );

  it.each(["", "application/octet-stream"])(
    "of no known type (%j) go as text when they are text",
    (mediaType) => {
      const [part] = userMessage("q", [file(mediaType, Buffer.from("fn main() {} // é"))]).content;
      expect(part).toMatchObject({ type: "text", text: expect.stringContaining("fn main() {} // é") });
    },
  );

  it("in UTF-16 are told as the text that they are", () => {
    const [part] = userMessage("q", [file("text/csv", Buffer.from("\ufeffZoë", "utf16le"))]).content;
    expect(part).toMatchObject({ text: '<file name="f">\nZoë\n</file>' });
  });

  it("that are too long for a model, or not text at all, do no harm", () => {
    expect(() => userMessage("q", [file("text/plain", new Uint8Array(1_000_001))])).toThrow(
      "longer than 1 MB",
    );
    const [part] = userMessage("q", [file("text/plain", Buffer.from([0, 0xff, 0x61]))]).content;
    expect(part).toMatchObject({ text: '<file name="f">\n\uFFFD\uFFFDa\n</file>' });
  });
});
