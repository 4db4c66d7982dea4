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

/** A form's field that holds a list of media as JSON text; JSON callers may give the list itself. */
const mediaFieldSchema = z
  .union([
    z.array(z.unknown()),
    z.string().transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: "custom", message: "Input should be a JSON list" });
        return z.NEVER;
      }
    }),
  ])
  .pipe(z.array(mediumSchema).max(MOST_MEDIA));

const mediaField = z.preprocess(
  (value) => (value === "" || value === null ? undefined : value),
  mediaFieldSchema.optional(),
);

/** The fields of a run's start in which AgentOS clients send media, beside or instead of uploads. */
export const RUN_MEDIA_FIELDS = {
  images: mediaField,
  audio: mediaField,
  videos: mediaField,
  input_files: mediaField,
};

export type RunMedia = { [field in keyof typeof RUN_MEDIA_FIELDS]?: Medium[] | undefined };
