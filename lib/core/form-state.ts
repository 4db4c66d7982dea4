/** What a form shows after its action has answered. */
export interface FormState {
  status: "idle" | "done" | "failed";
  /** What was typed, to be shown again; never a secret. */
  values: Readonly<Record<string, string>>;
  /** A sentence per field that has to change. */
  fieldErrors: Readonly<Record<string, string>>;
  /** A sentence for the form as a whole. */
  message: string | null;
}

/** A form that was not sent yet. */
export const EMPTY_FORM: FormState = { status: "idle", values: {}, fieldErrors: {}, message: null };

/** What a form calls when it is sent. */
export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;
