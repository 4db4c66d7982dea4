import { APICallError } from "@ai-sdk/provider";
import { AppError } from "#lib/core/app-error.ts";
import { foreignFormatSentence } from "./foreign-format-sentence.ts";
import { quoteServer } from "./quote-server.ts";
import { statusSentence } from "./status-sentence.ts";

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
  if (/json|parse|unexpected token|invalid response/i.test(message)) return foreignFormatSentence(server);
  return `${server} could not be used: ${quoteServer(message)}`;
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
