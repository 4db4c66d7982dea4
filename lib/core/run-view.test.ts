import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EMPTY_RUN_VIEW, foldFrame, type ReceivedFrame, type RunView } from "./run-view.ts";
import type { ToolExecution } from "./tool-execution.ts";

function tool(overrides: Partial<ToolExecution>): ToolExecution {
  return {
    tool_call_id: "call_1",
    tool_name: "calculator",
    tool_args: { expression: "1+1" },
    tool_call_error: null,
    result: null,
    metrics: null,
    child_run_id: null,
    stop_after_tool_call: false,
    created_at: 1,
    requires_confirmation: null,
    confirmed: null,
    confirmation_note: null,
    requires_user_input: null,
    user_input_schema: null,
    user_feedback_schema: null,
    answered: null,
    external_execution_required: null,
    external_execution_silent: null,
    approval_type: null,
    approval_id: null,
    ...overrides,
  };
}

function numbered(frames: Omit<ReceivedFrame, "event_index">[]): ReceivedFrame[] {
  return frames.map((frame, index) => ({ ...frame, event_index: index }) as ReceivedFrame);
}

const WHOLE_RUN = numbered([
  { event: "RunStarted", run_id: "r1", session_id: "s1", model: "demo-1" },
  { event: "ModelRequestStarted" },
  { event: "ReasoningStarted" },
  { event: "ReasoningContentDelta", reasoning_content: "because " },
  { event: "ReasoningContentDelta", reasoning_content: "sums" },
  { event: "ReasoningCompleted", content_type: "str" },
  { event: "ModelRequestCompleted" },
  { event: "ToolCallStarted", tool: tool({}) },
  { event: "ToolCallCompleted", tool: tool({ tool_call_error: false, result: "2" }), content: "" },
  { event: "ModelRequestStarted" },
  { event: "RunContent", content: "It is " },
  { event: "RunContent", content: "2." },
  { event: "ModelRequestCompleted" },
  { event: "RunContentCompleted" },
  { event: "RunCompleted", content: "It is 2.", metrics: { total_tokens: 3 } },
]);

function fold(frames: readonly ReceivedFrame[], from: RunView = EMPTY_RUN_VIEW): RunView {
  return frames.reduce(foldFrame, from);
}

describe("a run's view is a fold of its frames", () => {
  it("shows reasoning, tool and text in the order in which they came", () => {
    const view = fold(WHOLE_RUN);
    expect(view.status).toBe("completed");
    expect(view.metrics).toEqual({ total_tokens: 3 });
    expect(
      view.parts.map((part) => ("text" in part ? part.text : part.kind === "tool" && part.state)),
    ).toEqual(["because sums", "done", "It is 2."]);
  });

  it("gives the same view however often and wherever the stream was cut and replayed", () => {
    const whole = fold(WHOLE_RUN);
    fc.assert(
      fc.property(fc.array(fc.nat(WHOLE_RUN.length)), (cuts) => {
        let view = EMPTY_RUN_VIEW;
        for (const cut of cuts) view = fold(WHOLE_RUN.slice(0, cut), view);
        expect(fold(WHOLE_RUN, view)).toEqual(whole);
      }),
    );
  });

  it("has the whole answer before what may be asked next, which the last frame repeats", () => {
    const followups = ["How large is it?"];
    const frames = [
      ...WHOLE_RUN.slice(0, -1),
      { event: "FollowupsStarted", event_index: 14 },
      { event: "FollowupsCompleted", followups, event_index: 15 },
      { event: "RunCompleted", content: "It is 2.", followups, event_index: 16 },
    ];
    const suggesting = fold(frames.slice(0, 15));
    expect(suggesting).toMatchObject({ status: "running", suggesting: true, followups: [] });
    expect(suggesting.parts).toEqual(fold(frames).parts);
    expect(fold(frames)).toMatchObject({ status: "completed", suggesting: false, followups });
    const late = fold([{ event: "RunCompleted", content: "It is 2.", followups, event_index: 16 }]);
    expect(late.followups).toEqual(followups);
    const goneOn = fold([...frames, { event: "RunContinued", tools: [], event_index: 17 }]);
    expect(goneOn.followups).toEqual([]);
  });

  it("takes the rest of a merged part as one frame with the part's last index", () => {
    const seen = fold(WHOLE_RUN.slice(0, 11));
    const rest = { event: "RunContent", content: "2.", event_index: 11 };
    expect(fold([rest, ...WHOLE_RUN.slice(12)], seen)).toEqual(fold(WHOLE_RUN));
  });

  it("drops what a recovered run did over again", () => {
    const recovered = numbered([
      { event: "RunStarted", run_id: "r1", session_id: "s1" },
      { event: "ModelRequestStarted" },
      { event: "RunContent", content: "half an ans" },
      { event: "RunRecovered", discarded_from_index: 1 },
      { event: "ModelRequestStarted" },
      { event: "RunContent", content: "The answer." },
      { event: "RunCompleted", content: "The answer." },
    ]);
    expect(fold(recovered).parts).toEqual([
      { kind: "recovered", firstIndex: 3, after: "restart" },
      { kind: "text", firstIndex: 5, text: "The answer.", open: false },
    ]);
  });

  it("keeps a tool that is used again, and shows one mark for several restarts in a row", () => {
    const recovered = numbered([
      { event: "RunStarted", run_id: "r1", session_id: "s1" },
      { event: "ModelRequestStarted" },
      { event: "RunContent", content: "I look." },
      { event: "ModelRequestCompleted" },
      { event: "ToolCallStarted", tool: tool({}) },
      { event: "RunRecovered", discarded_from_index: 5 },
      { event: "RunRecovered", discarded_from_index: 6 },
      { event: "ToolCallCompleted", tool: tool({ result: "2" }), content: "" },
    ]);
    expect(fold(recovered).parts).toMatchObject([
      { kind: "text", text: "I look.", open: false },
      { kind: "tool", state: "done" },
      { kind: "recovered", firstIndex: 5 },
    ]);
  });

  it("has the files that a call has brought beside the call", () => {
    const image = { id: "m1", filename: "a.png", mime_type: "image/png", size: 8, url: "/a" };
    const frames = numbered([
      { event: "RunStarted", run_id: "r1" },
      { event: "ToolCallStarted", tool: tool({}) },
      { event: "ToolCallCompleted", tool: tool({ result: "2" }), content: "", images: [image] },
    ]);
    expect(fold(frames).parts).toMatchObject([{ kind: "tool", state: "done", media: [image] }]);
  });

  it("tells a try after a fault, and one that somebody asked for, from a restart", () => {
    const frames = numbered([
      { event: "RunStarted", run_id: "r1", session_id: "s1" },
      { event: "RunContent", content: "half" },
      { event: "RunRecovered", discarded_from_index: 1, retry_of: "The model did not answer." },
      { event: "RunError", content: "The model did not answer." },
      { event: "RunRecovered", discarded_from_index: 3 },
      { event: "RunContinued", tools: [], input: "Try it in French." },
      { event: "RunContent", content: "Voilà." },
    ]);
    expect(fold(frames).parts).toEqual([
      { kind: "recovered", firstIndex: 2, after: "fault" },
      { kind: "recovered", firstIndex: 4, after: "request" },
      { kind: "question", firstIndex: 5, text: "Try it in French." },
      { kind: "text", firstIndex: 6, text: "Voilà.", open: true },
    ]);
  });

  it("shows what was added to the question behind the answer that there was", () => {
    const view = fold([
      ...WHOLE_RUN.slice(0, -1),
      { event: "RunContinued", tools: [], input: "And doubled?", run_id: "r2", event_index: 14 },
      { event: "RunContent", content: "It is 4.", event_index: 15 },
    ]);
    expect(view).toMatchObject({ runId: "r2", status: "running" });
    expect(view.parts.slice(2)).toMatchObject([
      { kind: "text", text: "It is 2.", open: false },
      { kind: "question", text: "And doubled?" },
      { kind: "text", text: "It is 4." },
    ]);
  });

  it("has a structured answer as the object that it is, and as text what is text", () => {
    const written = [
      { event: "RunStarted", run_id: "r1" },
      { event: "RunContent", content: '{"city":"Oslo"}' },
    ];
    const structured = fold(
      numbered([...written, { event: "RunCompleted", content: { city: "Oslo" }, content_type: "Trip" }]),
    );
    expect(structured.structured).toEqual({ city: "Oslo" });
    const text = fold(numbered([...written, { event: "RunCompleted", content: '{"city":"Oslo"}' }]));
    expect(text.structured).toBeNull();
  });

  it("keeps the partial text of a cancelled run and says that it was cancelled", () => {
    const cancelled = numbered([
      { event: "RunStarted", run_id: "r1", session_id: "s1" },
      { event: "RunContent", content: "very long" },
      { event: "RunCancelled", content: "very long", reason: "Run r1 was cancelled" },
      { event: "RunCompleted", content: "very long" },
    ]);
    const view = fold(cancelled);
    expect(view.status).toBe("cancelled");
    expect(view.parts).toEqual([{ kind: "text", firstIndex: 1, text: "very long", open: false }]);
  });

  it("shows the error of a failed run", () => {
    const view = fold([{ event: "RunError", content: "The model did not answer.", event_index: 0 }]);
    expect(view).toMatchObject({ status: "failed", error: "The model did not answer." });
  });
});

describe("a run that waits for people", () => {
  const asked = tool({ tool_name: "take_note", requires_confirmation: true });
  const done = tool({ tool_call_id: "call_0", tool_call_error: false, result: "2" });
  const pause = [
    { event: "RunStarted", run_id: "r1" },
    { event: "ToolCallStarted", tool: tool({ tool_call_id: "call_0" }) },
    { event: "ToolCallCompleted", tool: done, content: "" },
    {
      event: "RunPaused",
      content: "",
      tools: [asked],
      requirements: [{ id: "q1", created_at: "", tool_execution: asked }],
    },
  ];
  const answered = (answer: Partial<ToolExecution>) =>
    fold(numbered([...pause, { event: "RunContinued", tools: [{ ...asked, ...answer }] }]));
  const states = (view: RunView) => view.parts.map((part) => part.kind === "tool" && part.state);

  it("shows what it waits for, and which calls were made", () => {
    const view = fold(numbered(pause));
    expect(view.status).toBe("paused");
    expect(states(view)).toEqual(["done", "waiting"]);
    expect(view.requirements).toMatchObject([{ id: "q1", kind: "confirmation" }]);
  });

  it("shows what people have decided, before it is done", () => {
    expect(states(answered({ confirmed: true }))).toEqual(["done", "decided"]);
    expect(states(answered({ confirmed: false }))).toEqual(["done", "refused"]);
    expect(states(answered({ result: "elsewhere" }))).toEqual(["done", "done"]);
    expect(answered({ confirmed: true })).toMatchObject({ status: "running", requirements: [] });
  });

  it("waits for nothing any more once it is cancelled", () => {
    const view = fold(
      numbered([...pause, { event: "RunCancelled" }, { event: "RunCompleted", content: "" }]),
    );
    expect(view).toMatchObject({ status: "cancelled", requirements: [] });
  });
});

describe("checks of a run", () => {
  const fold = (...frames: Omit<ReceivedFrame, "event_index">[]) =>
    numbered([{ event: "RunStarted", run_id: "r1", session_id: "s1" }, ...frames]).reduce(
      foldFrame,
      EMPTY_RUN_VIEW,
    );

  it("a masked question is shown as it was kept, and a hook's own words are not the asker's", () => {
    const view = fold(
      { event: "PreHookStarted", pre_hook_name: "pii", run_input: { input_content: "card ****" } },
      {
        event: "PreHookCompleted",
        pre_hook_name: "adds",
        run_input: { input_content: "card **** and more" },
      },
    );
    expect(view.keptQuestion).toBe("card ****");
    expect(fold({ event: "PreHookStarted", pre_hook_name: "adds" }).keptQuestion).toBeNull();
  });

  it("a hook of the answer puts its words in the place of the last text", () => {
    const view = fold(
      { event: "RunContent", content: "It is " },
      { event: "RunContent", content: "2." },
      { event: "PostHookCompleted", post_hook_name: "signs", content: "It is 2. Yours." },
      { event: "RunCompleted", content: "It is 2. Yours." },
    );
    expect(view.parts).toMatchObject([{ kind: "text", text: "It is 2. Yours.", open: false }]);
  });

  it("a run that a check has stopped says which and why, until it goes on", () => {
    const error = {
      event: "RunError",
      content: "No.",
      error_type: "input_check_error",
      error_id: "off_topic",
    };
    expect(fold(error)).toMatchObject({
      status: "failed",
      error: "No.",
      blocked: { phase: "input", trigger: "off_topic" },
    });
    expect(fold({ ...error, error_type: "model_connection_error" }).blocked).toBeNull();
    expect(fold(error, { event: "RunContinued" })).toMatchObject({ status: "running", blocked: null });
  });
});
