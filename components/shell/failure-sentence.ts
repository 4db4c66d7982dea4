import { ApiError } from "#lib/client/api-error.ts";

/** What to tell the person when a request to our API has failed, and what to do. */
export function failureSentence(error: unknown): string {
  if (error instanceof ApiError) {
    if (error.status === 401)
      return "Your sign-in has ended. Sign in again in another tab, then try once more.";
    return error.message;
  }
  if (error instanceof TypeError)
    return "The server did not answer. Check that it is running, then try again.";
  return "Something went wrong here. Nothing was saved. Try again.";
}
