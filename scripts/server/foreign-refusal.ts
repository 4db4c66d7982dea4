import type { IncomingMessage } from "node:http";

const MEBIBYTE = 1024 * 1024;
/** Forms of pages and of next-auth; Next takes no larger server action either. */
const MAX_FORM_MEBIBYTES = 1;
/** What the Inngest protocol allows an event batch or a function's state. */
const MAX_ENGINE_MEBIBYTES = 16;
const PAGE_METHODS = ["GET", "HEAD", "OPTIONS", "POST"];
const ENGINE_METHODS = [...PAGE_METHODS, "PUT"];

/** Why a request is refused; `allow` names the methods that would be taken. */
export interface ForeignRefusal {
  status: 400 | 405 | 411 | 413;
  detail: string;
  allow?: string;
}

/**
 * Why a request must not reach the code that reads bodies without a limit and knows fewer methods than HTTP has: the
 * pages, next-auth's routes and the Inngest SDK's. They are open to strangers, who could otherwise fill the memory.
 * Null when it may. The API's own routes count what they read instead.
 */
export function foreignRefusal(request: IncomingMessage): ForeignRefusal | null {
  const { method = "", url = "", headers } = request;
  const isEngine = url.startsWith("/api/inngest");
  const methods = isEngine ? ENGINE_METHODS : PAGE_METHODS;
  if (!methods.includes(method)) {
    return { status: 405, detail: "Method Not Allowed", allow: methods.join(", ") };
  }
  if (url.includes("%00")) return { status: 400, detail: "The URL must not contain the NUL character" };
  if (headers["transfer-encoding"] !== undefined) {
    return { status: 411, detail: "Send the body with a content-length" };
  }
  const limit = isEngine ? MAX_ENGINE_MEBIBYTES : MAX_FORM_MEBIBYTES;
  if (Number(headers["content-length"] ?? 0) > limit * MEBIBYTE) {
    return { status: 413, detail: `The request body is larger than ${limit} MB. Send less at once.` };
  }
  return null;
}
