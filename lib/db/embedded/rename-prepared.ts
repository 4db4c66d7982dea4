import { type FrontendMessage, protocolMessage } from "./frontend-message.ts";

/**
 * Gives the named statements and portals of a client a name of its own, since all clients share one session.
 * Returns the message to send in its place and the statement that it prepares, if it prepares one.
 */
export function renamePrepared(
  message: FrontendMessage,
  client: number,
): { bytes: Buffer; prepared: string | null } {
  const { type, bytes } = message;
  if (type !== "P" && type !== "B" && type !== "D" && type !== "C" && type !== "E") {
    return { bytes, prepared: null };
  }
  const rename = (name: string) => (name === "" ? name : `${client}:${name}`);
  const kindLength = type === "D" || type === "C" ? 1 : 0;
  const kind = bytes.subarray(5, 5 + kindLength);
  const [first, afterFirst] = readName(bytes, 5 + kindLength);
  if (type === "B") {
    const [statement, afterStatement] = readName(bytes, afterFirst);
    if (first === "" && statement === "") return { bytes, prepared: null };
    const names = `${rename(first)}\0${rename(statement)}\0`;
    return { bytes: protocolMessage(type, names, bytes.subarray(afterStatement)), prepared: null };
  }
  if (first === "") return { bytes, prepared: null };
  const renamed = rename(first);
  return {
    bytes: protocolMessage(type, kind, `${renamed}\0`, bytes.subarray(afterFirst)),
    prepared: type === "P" ? renamed : null,
  };
}

function readName(bytes: Buffer, start: number): [name: string, next: number] {
  const end = bytes.indexOf(0, start);
  return [bytes.toString("utf8", start, end), end + 1];
}
