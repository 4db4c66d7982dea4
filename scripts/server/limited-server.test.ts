import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { limitedServer } from "./limited-server.ts";
import { listen } from "./listen.ts";

test("a client that sends its headers drop by drop is told so and cut off", async () => {
  const limits = { headersTimeoutMs: 100, checkEveryMs: 20 };
  const server = limitedServer((_request, response) => response.end(), limits);
  const socket = connect(await listen(server, "127.0.0.1", 0), "127.0.0.1");
  let answer = "";
  socket.setEncoding("utf8").on("data", (text: string) => {
    answer += text;
  });
  socket.write("GET / HTTP/1.1\r\nhost: x\r\nx-slow: a");
  await once(socket, "close");
  server.close();
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(answer).toContain('{"detail":"The request took too long to arrive"}');
});
