import { connect } from "node:net";

interface RawAnswer {
  status: number;
  /** Header lines as they came. */
  head: string;
  body: string;
}

const ANSWER_WITHIN_MS = 15_000;

/**
 * Writes bytes to a server as they are, which no HTTP client would do, and reads the first answer until the server
 * closes or the answer is complete. Rejects when nothing comes within 15 s.
 */
export function rawRequest(serverUrl: string, bytes: string | Uint8Array): Promise<RawAnswer> {
  const { hostname, port } = new URL(serverUrl);
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
  const socket = connect({ host: hostname, port: Number(port) });
  let received = "";
  const finish = () => {
    socket.destroy();
    const answer = parse(received);
    if (answer === null) reject(new Error(`No whole answer came: ${received.slice(0, 200)}`));
    else resolve(answer);
  };
  socket.setTimeout(ANSWER_WITHIN_MS, finish);
  socket.on("connect", () => socket.write(bytes));
  socket.on("data", (chunk) => {
    received += chunk.toString("utf8");
    if (isComplete(received)) finish();
  });
  socket.on("error", finish);
  socket.on("close", finish);
  return promise;
}

function parse(received: string): RawAnswer | null {
  const end = received.indexOf("\r\n\r\n");
  const status = /^HTTP\/1\.1 (\d{3})/.exec(received)?.[1];
  if (end === -1 || status === undefined) return null;
  const head = received.slice(0, end);
  const rest = received.slice(end + 4);
  const body = /transfer-encoding: chunked/i.test(head)
    ? rest.replaceAll(/(^|\r\n)[0-9a-f]+\r\n/gi, "")
    : rest;
  return { status: Number(status), head, body: body.trim() };
}

function isComplete(received: string): boolean {
  const answer = parse(received);
  if (answer === null) return false;
  const length = /content-length: (\d+)/i.exec(answer.head)?.[1];
  if (length !== undefined) return Buffer.byteLength(answer.body) >= Number(length);
  return received.endsWith("\r\n0\r\n\r\n");
}
