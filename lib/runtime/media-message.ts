import type { LanguageModelV4Message } from "@ai-sdk/provider";
import { RESULT_FILES_LEAD } from "../core/result-files-lead.ts";
import { userMessage } from "./build-prompt.ts";
import { filePart } from "./file-part.ts";
import type { InputFile } from "./ports.ts";

/** The message with which a model gets the files that its tools have brought; none when there is none that it reads. */
export function mediaMessage(files: readonly InputFile[]): LanguageModelV4Message[] {
  const read = files.filter(isReadByModels);
  if (read.length === 0) return [];
  const names = read.map(({ filename }) => filename).join(", ");
  return [userMessage(`${RESULT_FILES_LEAD} ${names}`, read)];
}

function isReadByModels(file: InputFile): boolean {
  try {
    filePart(file);
    return true;
  } catch {
    return false;
  }
}
