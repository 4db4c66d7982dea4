import { compileJsonSchema } from "./compile-json-schema.ts";
import { jsonObjectSchema } from "./json.ts";

/** UTF-16 units of a schema as JSON: it goes with every model call. */
const MOST_CHARACTERS = 100_000;

/** A JSON schema of an object, such as the one that an answer has to fit. */
export const jsonSchemaSchema = jsonObjectSchema.superRefine((schema, context) => {
  const refuse = (message: string) => context.addIssue({ code: "custom", message });
  if (JSON.stringify(schema).length > MOST_CHARACTERS) {
    return refuse(`Input should take at most ${MOST_CHARACTERS.toLocaleString("en")} characters as JSON`);
  }
  if (schema["type"] !== "object") return refuse('Input should be a JSON schema with "type": "object"');
  try {
    compileJsonSchema(schema);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "it cannot be read";
    refuse(`Input should be a JSON schema that can be checked: ${reason}`);
  }
});
