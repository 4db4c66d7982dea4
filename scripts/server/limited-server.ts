import { createServer, type RequestListener, type Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Makes the HTTP server with the limits that keep slow or broken clients from holding connections:
 * 15 s for the headers, 5 minutes for a whole request body, 16 KiB of headers. Answers are not limited: streams last.
 * What cannot be parsed gets a JSON answer, too.
 */
export function limitedServer(
  listener: RequestListener,
  { headersTimeoutMs = 15_000, checkEveryMs = 5_000 } = {},
): Server {
  const server = createServer(
    {
      headersTimeout: headersTimeoutMs,
      requestTimeout: 300_000,
      keepAliveTimeout: 20_000,
      connectionsCheckingInterval: checkEveryMs,
      maxHeaderSize: 16_384,
      noDelay: true,
      // The listener answers this itself, with a sentence.
      requireHostHeader: false,
    },
    listener,
  );
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    const [status, detail] = answerTo(error.code);
    const body = JSON.stringify({ detail });
    socket.end(
      `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n` +
        `connection: close\r\n\r\n${body}`,
    );
  });
  return server;
}

function answerTo(code: string | undefined): [status: string, detail: string] {
  if (code === "HPE_HEADER_OVERFLOW") {
    return ["431 Request Header Fields Too Large", "The request's headers are too large"];
  }
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return ["408 Request Timeout", "The request took too long to arrive"];
  return ["400 Bad Request", "The request is not valid HTTP"];
}
