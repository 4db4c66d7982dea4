/** One whole message of the Postgres frontend protocol, its type byte and length included. */
export interface FrontendMessage {
  type: string;
  bytes: Buffer;
}

/** Takes the whole messages off the front of `buffer`; `rest` is the beginning of one still on its way. */
export function splitFrontendMessages(buffer: Buffer): { messages: FrontendMessage[]; rest: Buffer } {
  const messages: FrontendMessage[] = [];
  let offset = 0;
  while (buffer.length - offset >= 5) {
    const end = offset + 1 + buffer.readInt32BE(offset + 1);
    if (end > buffer.length) break;
    messages.push({
      type: String.fromCharCode(buffer.readUInt8(offset)),
      bytes: buffer.subarray(offset, end),
    });
    offset = end;
  }
  return { messages, rest: buffer.subarray(offset) };
}

/** Builds a message from its type and body. */
export function protocolMessage(type: string, ...body: (string | Buffer)[]): Buffer {
  const content = Buffer.concat(body.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));
  const head = Buffer.alloc(5);
  head.write(type, 0, "latin1");
  head.writeInt32BE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}
