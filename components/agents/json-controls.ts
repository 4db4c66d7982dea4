import { z } from "zod";
import { jsonSchemaSchema } from "#lib/core/json-schema.ts";
import { jsonObjectSchema } from "#lib/core/json.ts";

/** A JSON object as it is typed; nothing stands for an empty one. */
export const jsonObjectText = z.string().transform((text, context) => {
  if (text.trim() === "") return {};
  const parsed = jsonObjectSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  context.addIssue({ code: "custom", message: 'Write a JSON object, such as {"team": "billing"}.' });
  return z.NEVER;
});

/** A JSON schema of an object as it is typed; nothing stands for none. */
export const jsonSchemaText = z.string().transform((text, context) => {
  if (text.trim() === "") return undefined;
  const parsed = jsonSchemaSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const reason = issue?.code === "custom" ? ` ${issue.message.replace(/^Input should/, "It should")}.` : "";
  context.addIssue({ code: "custom", message: `Write a JSON schema of an object.${reason}` });
  return z.NEVER;
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
