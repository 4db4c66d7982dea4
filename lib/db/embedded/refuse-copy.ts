import { type FrontendMessage, protocolMessage } from "./frontend-message.ts";

const COPY_FROM_STDIN = /(^|;)\s*copy\s[^;]*\bfrom\s+stdin\b/i;
const REFUSAL = `DO $$ BEGIN RAISE feature_not_supported
  USING MESSAGE = 'The embedded database does not take COPY FROM STDIN; use INSERT.'; END $$`;

/** Turns COPY FROM STDIN, which the engine's single session does not survive, into an ordinary error. */
export function refuseCopy(message: FrontendMessage): FrontendMessage {
  const { type, bytes } = message;
  if (type !== "Q" && type !== "P") return message;
  const start = type === "Q" ? 5 : bytes.indexOf(0, 5) + 1;
  const end = bytes.indexOf(0, start);
  if (!COPY_FROM_STDIN.test(bytes.toString("latin1", start, Math.min(end, start + 2000)))) return message;
  const refused = protocolMessage(type, bytes.subarray(5, start), REFUSAL, bytes.subarray(end));
  return { type, bytes: refused };
}
