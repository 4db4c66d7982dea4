import { describe, expect, it } from "vitest";
import { jobWords } from "./job-words.ts";

describe("the words for a durable function", () => {
  it("say what it is for, also for what follows its failure", () => {
    expect(jobWords("run-drive")).toBe("Drive a run");
    expect(jobWords("run-drive-failure")).toBe("After a failure: Drive a run");
  });

  it("are its id when nobody has described it", () => {
    expect(jobWords("mine")).toBe("mine");
  });
});
