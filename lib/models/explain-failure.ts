import { APICallError } from "@ai-sdk/provider";
import { AppError } from "#lib/core/app-error.ts";

const LONGEST_MESSAGE = 300;

/**
 * Turns whatever a call to a provider threw into one error with a sentence for the person who set it up.
 * `server` is the address without its path; the sentence never holds the key, which no error of ours contains.
 */
export function explainFailure(error: unknown, server: string): AppError {
  if (error instanceof AppError) return error;
  return new AppError("upstream_failed", sentenceFor(error, server), { cause: error });
}

function sentenceFor(error: unknown, server: string): string {
  if (APICallError.isInstance(error) && error.statusCode !== undefined) {
    return statusSentence(error.statusCode, error.message, server, error.isRetryable);
  }
  const causes = causesOf(error);
  const code = causes.map((cause) => cause.code).find((found) => found !== undefined) ?? "";
  if (causes.some((cause) => cause.name === "TimeoutError" || cause.code?.includes("TIMEOUT") === true)) {
    return `${server} did not answer in time. If a local model is still being loaded, try again in a minute.`;
  }
  if (code === "ECONNREFUSED") {
    return `Nothing answers at ${server}. Start the server there, or correct the address. From inside a container, this machine is host.docker.internal.`;
  }
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return `The name in ${server} is not known to the name service. Check its spelling and the network.`;
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL|EPROTO/.test(code)) {
    return `The encrypted connection to ${server} failed (${code}). Check http or https in the address, and the server's certificate.`;
  }
  if (code !== "") return `The connection to ${server} failed (${code}). Check the address and the network.`;
  const message = error instanceof Error ? error.message : "";
  if (/json|parse|unexpected token|invalid response/i.test(message)) return notJsonSentence(server);
  return `${server} could not be used: ${shorten(message)}`;
}

/** The sentence for an HTTP status other than success; `message` is what the server said. */
export function statusSentence(status: number, message: string, server: string, isRetryable = false): string {
  const said = message === "" ? "" : ` It said: ${shorten(message)}`;
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

/** The sentence for an answer in a foreign format. */
export function notJsonSentence(server: string): string {
  return `${server} answers, but not in the format of this kind of provider. Check the kind and the path of the address.`;
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE)}…` : line;
}

function causesOf(error: unknown): { name: string; code: string | undefined }[] {
  const causes: { name: string; code: string | undefined }[] = [];
  for (let current = error; current instanceof Error && causes.length < 8; current = current.cause) {
    const { code } = current as { code?: unknown };
    causes.push({ name: current.name, code: typeof code === "string" ? code : undefined });
    // Several addresses were tried: the first failure speaks for all.
    if (current instanceof AggregateError) causes.push(...causesOf(current.errors[0]));
  }
  return causes;
}
