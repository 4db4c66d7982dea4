import { describe, expect, it } from "vitest";
import { GroupCommit } from "./group-commit.ts";

/** A database that refuses every batch with a poisoned request in it, and holds each batch until it is let go. */
function recordingCommit(
  options: { maxRows?: number; fits?: (a: string, batch: readonly string[]) => boolean } = {},
) {
  const batches: string[][] = [];
  const committed: string[] = [];
  const lane = new GroupCommit<string, string>({
    async commit(batch) {
      batches.push([...batch]);
      await new Promise(setImmediate);
      if (batch.includes("poison")) throw Object.assign(new Error("refused"), { code: "22P05" });
      if (batch.includes("cut")) throw Object.assign(new Error("connection lost"), { code: "ECONNRESET" });
      committed.push(...batch);
      return batch.map((request) => ({ ok: true, value: request.toUpperCase() }));
    },
    weigh: (request) => ({ rows: 1, bytes: request.length }),
    maxRows: options.maxRows ?? 100,
    maxBytes: 1_000,
    ...(options.fits === undefined ? {} : { fits: options.fits }),
  });
  return { lane, batches, committed };
}

describe("group commit", () => {
  it("sends everything that came up while a batch was in flight in the next one", async () => {
    const { lane, batches } = recordingCommit();
    const first = lane.submit("a");
    await new Promise(setImmediate);
    const rest = ["b", "c", "d"].map((request) => lane.submit(request));
    expect(await Promise.all([first, ...rest])).toEqual(["A", "B", "C", "D"]);
    expect(batches).toEqual([["a"], ["b", "c", "d"]]);
  });

  it("never lets a batch grow beyond its rows and keeps the order", async () => {
    const { lane, batches } = recordingCommit({ maxRows: 2 });
    await Promise.all(["a", "b", "c", "d", "e"].map((request) => lane.submit(request)));
    expect(batches).toEqual([["a", "b"], ["c", "d"], ["e"]]);
  });

  it("sends a single request that is larger than a batch may be", async () => {
    const { lane } = recordingCommit();
    const huge = "x".repeat(5_000);
    expect(await lane.submit(huge)).toBe(huge.toUpperCase());
  });

  it("puts requests that must not share a batch into different ones", async () => {
    const { lane, batches } = recordingCommit({ fits: (request, batch) => !batch.includes(request) });
    await Promise.all(["a", "a", "b", "a"].map((request) => lane.submit(request)));
    expect(batches).toEqual([["a", "b"], ["a"], ["a"]]);
  });

  it("fails a poisoned request alone", async () => {
    const { lane, committed } = recordingCommit();
    const results = await Promise.allSettled(
      ["a", "b", "poison", "c", "d"].map((request) => lane.submit(request)),
    );
    expect(results.map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
    expect(committed).toEqual(["a", "b", "c", "d"]);
  });

  it("tries nothing twice when the connection broke, because the first try may have been committed", async () => {
    const { lane, batches } = recordingCommit();
    const results = await Promise.allSettled(["a", "cut"].map((request) => lane.submit(request)));
    expect(results.every(({ status }) => status === "rejected")).toBe(true);
    expect(batches).toEqual([["a", "cut"]]);
    expect(await lane.submit("b")).toBe("B");
  });

  it("drains what is pending, and what is added by those who were waiting", async () => {
    const { lane, committed } = recordingCommit();
    void lane.submit("a").then(() => lane.submit("b"));
    await lane.drain();
    expect(committed).toEqual(["a", "b"]);
  });
});
