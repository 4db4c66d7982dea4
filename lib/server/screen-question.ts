import { createHash } from "node:crypto";
import type { AgentDefinition } from "#lib/core/agent-definition.ts";
import { CheckError } from "#lib/core/check-error.ts";
import { decodeTextFile } from "#lib/core/decode-text-file.ts";
import type { RunInput } from "#lib/core/run-event.ts";
import { piiWords } from "#lib/core/pii-sentence.ts";
import { PatternTime } from "#lib/runtime/pattern-time.ts";
import { piiGuardrails } from "#lib/runtime/screen-text.ts";
import type { AcceptedFile } from "./accept-files.ts";
import { blockedRequest } from "./blocked-request.ts";
import { screenAtDoor } from "./screen-at-door.ts";
import { screenJson } from "./screen-json.ts";

/** A question as it may be kept. */
export interface ScreenedQuestion {
  message: string;
  files: readonly AcceptedFile[];
  /** What was masked; absent when nothing was. */
  screened?: NonNullable<RunInput["screened"]>;
}

/** What of the definition says how. */
type Screened = Pick<AgentDefinition, "guardrails" | "input_schema">;

const TEXT_TYPE = /^(?:text\/|application\/(?:json|xml|javascript|x-javascript|rtf)$)/;

/**
 * Masks personal data in a question before anything of it is written: in the message, in text files and in the names of
 * files. What an agent does not take at all leaves nothing of the question but a sentence of what it held, and the run
 * ends before a model is asked. Only text files are looked into. Throws bad_request for one that cannot be read as text,
 * and for patterns that take too long.
 */
export function screenQuestion(
  { guardrails, input_schema: schema }: Screened,
  message: string,
  files: readonly AcceptedFile[],
): ScreenedQuestion {
  const masks = piiGuardrails(guardrails, "input");
  if (masks.length === 0) return { message, files };
  const time = new PatternTime();
  const screen = (texts: readonly string[]) => screenAtDoor(masks, texts, time);
  // The masked message of an input schema stays JSON.
  const said = schema === undefined ? screen([message]) : [screenJson(message, screen)];
  const names = screen(files.map(({ filename }) => filename));
  const contents = files.map(textOf);
  const inside = screen(contents.map((text) => text ?? ""));
  const screenings = [...said, ...names, ...inside];
  const refused = [...new Set(screenings.flatMap((one) => one.refused))];
  if (refused.length > 0) {
    return {
      message: `[Not kept: the message held ${piiWords(refused)}.]`,
      files: [],
      screened: { found: Object.fromEntries(refused.map((label) => [label, 1])), refused: true },
    };
  }
  const found: Record<string, number> = {};
  for (const [label, count] of screenings.flatMap((one) => Object.entries(one.found))) {
    found[label] = (found[label] ?? 0) + count;
  }
  if (Object.keys(found).length === 0) return { message, files };
  const kept = files.map((file, at) => {
    const [name = "", content = ""] = [names[at]?.text, inside[at]?.text];
    return keptFile(file, name, content === (contents[at] ?? "") ? null : content);
  });
  return { message: said[0]?.text ?? "", files: kept, screened: { found } };
}

/** The text of a text file, null for another kind. */
function textOf({ bytes, mediaType }: AcceptedFile, at: number): string | null {
  if (!TEXT_TYPE.test(mediaType)) return null;
  const text = decodeTextFile(bytes);
  if (text === null) throw blockedRequest(unreadable(at, mediaType));
  return text;
}

/** The file under its masked name, with its masked text where something of it was masked. */
function keptFile(file: AcceptedFile, filename: string, text: string | null): AcceptedFile {
  if (text === null && filename === file.filename) return file;
  const bytes = text === null ? file.bytes : new TextEncoder().encode(text);
  const hash = createHash("sha256").update(bytes).digest("hex");
  const attachment = { ...file.attachment, filename, size: bytes.byteLength, hash };
  return { ...file, filename, bytes, attachment };
}

/** Without the file's name, which may be what nobody is to see. */
function unreadable(at: number, mediaType: string): CheckError {
  return new CheckError(
    "validation_failed",
    `File ${at + 1} (${mediaType}) is neither UTF-8 nor UTF-16 text, so nobody could look for personal data in it, and it was not let through. Save it as UTF-8.`,
    { data: { guardrail: "pii" } },
  );
}
