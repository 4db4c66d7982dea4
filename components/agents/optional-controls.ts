import { z } from "zod";

/** Text as typed; empty for "not set". */
export const optionalText = z.string().transform((text) => (text.trim() === "" ? undefined : text));

/** A number as typed; empty for "not set". */
export const optionalNumber = z
  .string()
  .trim()
  .transform((text) => (text === "" ? undefined : Number(text)));
