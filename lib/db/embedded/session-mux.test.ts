import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { embeddedTemplate } from "#tests/support/embedded-template.ts";
import { type Engine, startEngine } from "./start-engine.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine(
    { directory: null, snapshotFile: await embeddedTemplate(), idleTransactionTimeoutMs: 60_000 },
    () => {},
  );
});
afterAll(() => engine.stop());

async function connect(): Promise<{ client: Client; cut: () => void }> {
  const stream = engine.connect();
  const client = new Client({ stream: () => stream, user: "postgres", database: "postgres" });
  client.on("error", () => {});
  await client.connect();
  return { client, cut: () => void stream.destroy() };
}

test("a client whose connection is cut inside a transaction is rolled back, and the next one goes on", async () => {
  const one = await connect();
  const two = await connect();
  await two.client.query("CREATE TABLE cut (n int)");
  await one.client.query("BEGIN");
  await one.client.query("INSERT INTO cut VALUES (1)");
  const waiting = two.client.query<{ n: number }>("SELECT count(*)::int AS n FROM cut");
  one.cut();
  expect((await waiting).rows).toEqual([{ n: 0 }]);
  await two.client.end();
});

test("a transaction keeps the session to itself while others wait in the order in which they came", async () => {
  const clients = await Promise.all(Array.from({ length: 4 }, connect));
  const [owner, ...others] = clients.map(({ client }) => client);
  if (owner === undefined) throw new Error("no client");
  await owner.query("BEGIN");
  const order: string[] = [];
  const waiting = others.map(async (client, index) => {
    await client.query("SELECT 1");
    order.push(`other ${index}`);
  });
  await owner.query("SELECT 1");
  order.push("owner");
  await owner.query("COMMIT");
  await Promise.all(waiting);
  expect(order).toEqual(["owner", "other 0", "other 1", "other 2"]);
  await Promise.all(clients.map(({ client }) => client.end()));
});

test("the statements that a client prepared go with it", async () => {
  const one = await connect();
  const two = await connect();
  await one.client.query({ name: "mine", text: "SELECT 1" });
  const prepared = () => two.client.query<{ name: string }>("SELECT name FROM pg_prepared_statements");
  expect((await prepared()).rowCount).toBe(1);
  await one.client.end();
  expect((await prepared()).rowCount).toBe(0);
  await two.client.end();
});

test("messages cut anywhere between two writes are put together again", async () => {
  const stream = engine.connect();
  const received: Buffer[] = [];
  const answered = new Promise<void>((resolve) => {
    stream.on("data", (bytes: Buffer) => {
      received.push(bytes);
      if (Buffer.concat(received).includes("whole-again")) resolve();
    });
  });
  const startup = Buffer.from("\0\0\0\x22\0\x03\0\0user\0postgres\0database\0x\0\0", "latin1");
  startup.writeInt32BE(startup.length, 0);
  const text = "SELECT 'whole-' || 'again'\0";
  const query = Buffer.concat([Buffer.from("Q\0\0\0\0"), Buffer.from(text)]);
  query.writeInt32BE(query.length - 1, 1);
  for (const byte of Buffer.concat([startup, query])) stream.write(Buffer.from([byte]));
  await answered;
  stream.destroy();
});

test("a first packet that is not the protocol's is hung up on", async () => {
  const stream = engine.connect();
  const ended = new Promise((resolve) => stream.once("end", resolve));
  stream.resume();
  stream.write(Buffer.from([0, 0, 0, 8, 1, 2, 3, 4]));
  await ended;
  stream.destroy();
});
