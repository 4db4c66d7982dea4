import type { z } from "zod";
import { AppError, type ErrorCode } from "#lib/core/app-error.ts";
import type { FormState } from "#lib/core/form-state.ts";
import { log } from "./log.ts";

interface SubmitOptions<T> {
  schema: z.ZodType<T>;
  /** Fields at which an error of a code is shown; others stand above the button. */
  fieldOf?: Partial<Record<ErrorCode, string>>;
  /** Does it, and returns what to say afterwards, if anything. */
  work(input: T): Promise<string | null>;
}

const SECRET_FIELD = /password|secret|code/i;

/**
 * Checks a form, does its work and answers what the form shows next: sentences at the fields that are wrong, the
 * sentence of an AppError, or for anything else one that gives nothing away (the log has the rest).
 */
export async function submitForm<T>(form: FormData, options: SubmitOptions<T>): Promise<FormState> {
  const given = Object.fromEntries(
    [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
  const values = Object.fromEntries(Object.entries(given).filter(([name]) => !SECRET_FIELD.test(name)));
  const parsed = options.schema.safeParse(given);
  if (!parsed.success) {
    // The first sentence of a field stands.
    const pairs = parsed.error.issues.map((issue) => [String(issue.path[0]), issue.message] as const);
    return { status: "failed", values, fieldErrors: Object.fromEntries(pairs.reverse()), message: null };
  }
  try {
    const message = await options.work(parsed.data);
    return { status: "done", values, fieldErrors: {}, message };
  } catch (error) {
    if (!(error instanceof AppError)) {
      log("error", "A form could not be handled.", { error });
      const message = "Something went wrong on the server. Nothing was changed. Try again.";
      return { status: "failed", values, fieldErrors: {}, message };
    }
    const field = options.fieldOf?.[error.code];
    return field === undefined
      ? { status: "failed", values, fieldErrors: {}, message: error.message }
      : { status: "failed", values, fieldErrors: { [field]: error.message }, message: null };
  }
}
