import { expect, test } from "vitest";
import { createSlots } from "./slots.ts";

const never = new AbortController().signal;

test("as many get a place as there are, the others in the order in which they came", async () => {
  const slots = createSlots(2);
  const entered: number[] = [];
  const enter = async (who: number) => {
    const giveBack = await slots.take(never);
    entered.push(who);
    return giveBack;
  };
  const [first, second, third, fourth] = [1, 2, 3, 4].map(enter);
  await Promise.all([first, second]);
  expect(entered).toEqual([1, 2]);
  (await second)?.();
  const giveThirdBack = await third;
  expect(entered).toEqual([1, 2, 3]);
  giveThirdBack?.();
  await fourth;
  expect(entered).toEqual([1, 2, 3, 4]);
});

test("who gives up leaves the line and holds nobody up", async () => {
  const slots = createSlots(1);
  const giveBack = await slots.take(never);
  const impatient = new AbortController();
  const gaveUp = slots.take(impatient.signal);
  const patient = slots.take(never);
  impatient.abort(new Error("enough"));
  await expect(gaveUp).rejects.toThrow("enough");
  giveBack();
  await patient;
  await expect(slots.take(impatient.signal)).rejects.toThrow("enough");
});
