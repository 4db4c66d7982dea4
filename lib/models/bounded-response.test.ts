import { expect, test } from "vitest";
import { boundedResponse } from "./bounded-response.ts";

const MEBIBYTE = 1024 * 1024;
const letters = new Uint8Array(MEBIBYTE).fill(97);
const lines = new Uint8Array(MEBIBYTE).fill(97);
lines[MEBIBYTE / 2] = 10;

/** A body that goes on for ever, of these pieces, and how many of them were asked for. */
function endless(piece: Uint8Array<ArrayBuffer>, most: number) {
  const asked = { pieces: 0 };
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        asked.pieces += 1;
        controller.enqueue(piece);
        if (asked.pieces === most) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  return { body, asked };
}

async function bytesOf(response: Response): Promise<number> {
  let bytes = 0;
  for await (const chunk of response.body ?? []) bytes += chunk.byteLength;
  return bytes;
}

const eventStream = { "content-type": "text/event-stream; charset=utf-8" };

test("an answer in one piece is read to 32 MB and no further", async () => {
  const { body, asked } = endless(letters, 1_000);
  await expect(bytesOf(boundedResponse(new Response(body)))).rejects.toThrow(/larger than 32 MB/);
  expect(asked.pieces).toBeLessThan(40);
});

test("a line of an event stream that does not end is read to 16 MB", async () => {
  const { body, asked } = endless(letters, 1_000);
  const response = boundedResponse(new Response(body, { headers: eventStream }));
  await expect(bytesOf(response)).rejects.toThrow(/larger than 16 MB/);
  expect(asked.pieces).toBeLessThan(24);
});

test("an event stream of many lines may be as long as it likes", async () => {
  const { body } = endless(lines, 100);
  expect(await bytesOf(boundedResponse(new Response(body, { headers: eventStream })))).toBe(100 * MEBIBYTE);
});

test("status and headers stay, with and without a body", async () => {
  const response = boundedResponse(new Response("hi", { status: 429, headers: { "retry-after": "3" } }));
  expect([response.status, response.headers.get("retry-after"), await response.text()]).toEqual([
    429,
    "3",
    "hi",
  ]);
  expect(boundedResponse(new Response(null, { status: 204 })).status).toBe(204);
});
