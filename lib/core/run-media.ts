import { z } from "zod";

/** Most pictures, recordings or documents in one field. */
const MOST_MEDIA = 20;

/** A picture, a recording or a document as AgentOS clients put it into a field: its content, and what is known of it. */
const mediumSchema = z
  .object({
    content: z.string().nullish(),
    mime_type: z.string().max(200).nullish(),
    format: z.string().max(50).nullish(),
    filename: z.string().max(1_000).nullish(),
    name: z.string().max(1_000).nullish(),
  })
  .refine(
    ({ content }) => content !== undefined && content !== null && content !== "",
    "Send the content itself: addresses and paths are not read",
  );

export type Medium = z.infer<typeof mediumSchema>;

/**
 * A field that holds a list of media: the list itself from JSON callers, from forms its JSON text. A form's field whose
 * values are lists may repeat, so that the text comes as a list of texts; each holds a part of the media.
 */
const mediaField = z.preprocess((value, context) => {
  if (value === "" || value === null) return undefined;
  const texts = typeof value === "string" ? [value] : value;
  if (!isTexts(texts)) return texts;
  try {
    return texts.flatMap((text) => (text === "" ? [] : (JSON.parse(text) as unknown)));
  } catch {
    context.addIssue({ code: "custom", message: "Input should be a JSON list" });
    return z.NEVER;
  }
}, z.array(mediumSchema).max(MOST_MEDIA).optional());

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string");
}

/** The fields of a run's start in which AgentOS clients send media, beside or instead of uploads. */
export const RUN_MEDIA_FIELDS = {
  images: mediaField,
  audio: mediaField,
  videos: mediaField,
  input_files: mediaField,
};

export type RunMedia = { [field in keyof typeof RUN_MEDIA_FIELDS]?: Medium[] | undefined };
