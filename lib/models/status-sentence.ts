import { quoteServer } from "./quote-server.ts";

/** The sentence for an HTTP status other than success; `message` is what the server said. */
export function statusSentence(status: number, message: string, server: string, isRetryable = false): string {
  const said = message === "" ? "" : ` It said: ${quoteServer(message)}`;
  if (status >= 300 && status < 400)
    return `${server} redirects to another address. Enter that address instead.`;
  if (status === 401)
    return `${server} does not accept the key (401). Check that it is whole and still valid.${said}`;
  if (status === 403) return `The key is not allowed to do this at ${server} (403).${said}`;
  if (status === 404) {
    return `${server} knows no such address or model (404). Check the path of the address (it often ends in /v1) and the model's id.${said}`;
  }
  if (status === 429)
    return `${server} refuses more requests for now, or the account has no credit (429).${said}`;
  if (status >= 500) return `${server} has a problem of its own (${status}). Try again later.${said}`;
  return isRetryable
    ? `${server} could not answer just now (${status}). Try again.${said}`
    : `${server} refused the request (${status}).${said}`;
}
