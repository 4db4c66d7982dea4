import { expect, test } from "vitest";
import { readNewest } from "./read-newest.ts";

/** Reads numbers as texts of a hundred characters, and notes how many are being read at a time. */
function reader() {
  const seen = { read: [] as number[], atATime: 0, most: 0 };
  const read = async (run: number) => {
    seen.read.push(run);
    seen.atATime += 1;
    seen.most = Math.max(seen.most, seen.atATime);
    await Promise.resolve();
    seen.atATime -= 1;
    return `${run} `.padEnd(98, ".");
  };
  return { seen, read };
}

const newestFirst = Array.from({ length: 45 }, (_, index) => 45 - index);
const runOf = (text: string) => Number.parseInt(text, 10);

test("everything is read, oldest first, ten at a time, when there is room for it", async () => {
  const { seen, read } = reader();
  const found = await readNewest(newestFirst, read);
  expect(found.map(runOf)).toEqual(newestFirst.toReversed());
  expect(seen.most).toBe(10);
});

test("what is too much is left out from the oldest on, and not even read", async () => {
  const { seen, read } = reader();
  const found = await readNewest(newestFirst, read, 1_250);
  expect(found.map(runOf)).toEqual([34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45]);
  expect(seen.read.length).toBe(20);
});

test("the newest is there, however large it is", async () => {
  const { read } = reader();
  expect((await readNewest(newestFirst, read, 10)).map(runOf)).toEqual([45]);
});
