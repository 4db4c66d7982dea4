import { describe, expect, it } from "vitest";
import { answerHelper } from "./answer-helper.ts";

describe("the demo model beside a conversation", () => {
  it("shortens a result to its beginning", () => {
    const page = `<tool_result name="web_fetch">\n${"word ".repeat(200)}\n</tool_result>`;
    const answer = answerHelper({ system: "", question: page }, undefined);
    expect(answer?.text.length).toBeLessThan(200);
    expect(answer?.text).toMatch(/^word word.*…$/);
  });

  it("suggests as many questions as it is asked for, from the words of the last one", () => {
    const question = "<question>\nHow do tides work?\n</question>\n<answer>\nThe moon.\n</answer>";
    const system = "Give exactly 2 short questions";
    const answer = answerHelper({ system, question }, { title: "Followups" });
    const { followups } = JSON.parse(answer?.text ?? "{}") as { followups: string[] };
    expect(followups).toHaveLength(2);
    expect(followups[0]).toContain("tides");
  });

  it("sums up what was asked, behind what it knew", () => {
    const question =
      "<previous_summary>\nTides.\n</previous_summary>\n<previous_topics>\ntides\n</previous_topics>\n<conversation>\nUser: Is the moon round?\nAssistant: Yes.\n</conversation>";
    const answer = answerHelper({ system: "", question }, { title: "SessionSummary" });
    const { summary, topics } = JSON.parse(answer?.text ?? "{}") as { summary: string; topics: string[] };
    expect(summary).toBe("Tides. The user asked “Is the moon round?”.");
    expect(topics).toEqual(["tides", "moon", "round"]);
  });

  it("writes an answer from what was drafted", () => {
    const question =
      "Write the answer now. The assistant's last words are a draft that the user does not see.";
    expect(answerHelper({ system: "", question, draft: "It is 3." }, undefined)?.text).toBe("It is 3.");
  });

  it("leaves a person's message alone", () => {
    expect(answerHelper({ system: "", question: "hello" }, undefined)).toBeNull();
    expect(answerHelper({ system: "", question: "hello" }, { title: "City" })).toBeNull();
  });
});
