import { describe, expect, it } from "vitest";
import type { RunView } from "#lib/core/run-view.ts";
import { ApiError } from "./api-error.ts";
import { followRun, type RunToFollow } from "./follow-run.ts";

const FRAMES = [
  { event: "RunStarted", run_id: "r1", session_id: "s1" },
  { event: "RunContent", content: "one " },
  { event: "RunContent", content: "two " },
  { event: "RunContent", content: "three" },
  { event: "RunCompleted", content: "one two three" },
].map((frame, index) => ({ ...frame, event_index: index }));

function stream(frames: readonly object[], breaks: boolean): Response {
  const encoder = new TextEncoder();
  let next = 0;
  return new Response(
    new ReadableStream({
      pull(controller) {
        const frame = frames[next++];
        if (frame !== undefined) {
          controller.enqueue(encoder.encode(`event: x\ndata: ${JSON.stringify(frame)}\n\n`));
        } else if (breaks) controller.error(new TypeError("network lost"));
        else controller.close();
      },
    }),
  );
}

const START: RunToFollow = {
  kind: "start",
  agentId: "assistant",
  form: new FormData(),
  idempotencyKey: "key-1",
};

function follow(run: RunToFollow, answers: ((request: Request) => Response)[], views: RunView[] = []) {
  const requests: Request[] = [];
  const done = followRun(
    {
      baseUrl: "http://host/api",
      fetch: (url, init) => {
        const request = new Request(url as string, init);
        requests.push(request);
        const answer = answers.shift();
        return answer === undefined
          ? Promise.reject(new TypeError("no server"))
          : Promise.resolve(answer(request));
      },
    },
    run,
    {
      signal: new AbortController().signal,
      onView: (view) => views.push(view),
      wait: () => Promise.resolve(),
    },
  );
  return { done, requests };
}

describe("a client follows a run to its end", () => {
  it("resumes after the last frame it has when the connection breaks", async () => {
    let cursor: FormDataEntryValue | null = null;
    const { done, requests } = follow(START, [
      () => stream(FRAMES.slice(0, 2), true),
      (request) => {
        void request.formData().then((form) => {
          cursor = form.get("last_event_index");
        });
        return stream(FRAMES.slice(2), false);
      },
    ]);
    const view = await done;
    expect(view.parts).toMatchObject([{ kind: "text", text: "one two three" }]);
    expect(requests[1]?.url).toBe("http://host/api/agents/assistant/runs/r1/resume");
    expect(cursor).toBe("1");
  });

  it("waits with a run that waits for people, and goes on with it", async () => {
    const paused = [
      ...FRAMES.slice(0, 2),
      { event: "RunPaused", event_index: 2, tools: [], requirements: [] },
    ];
    const rest = [
      { event: "RunContinued", event_index: 3, tools: [] },
      { event: "RunCompleted", event_index: 4, content: "one two" },
    ];
    let follows: FormDataEntryValue | null = null;
    const views: RunView[] = [];
    const { done, requests } = follow(
      START,
      [
        () => stream(paused, false),
        (request) => {
          void request.formData().then((form) => {
            follows = form.get("follow_pauses");
          });
          return stream(rest, false);
        },
      ],
      views,
    );
    expect((await done).status).toBe("completed");
    expect(views.map(({ status }) => status)).toContain("paused");
    expect(requests).toHaveLength(2);
    expect(follows).toBe("true");
  });

  it("repeats a start whose answer was lost under the same idempotency key", async () => {
    const { done, requests } = follow(START, [() => stream([], true), () => stream(FRAMES, false)]);
    await done;
    expect(requests.map((request) => request.headers.get("idempotency-key"))).toEqual(["key-1", "key-1"]);
  });

  it("gives up with the server's own sentence when the server refuses", async () => {
    const { done } = follow(START, [() => Response.json({ detail: "Agent not found" }, { status: 404 })]);
    await expect(done).rejects.toThrow(new ApiError(404, "Agent not found"));
  });

  it("tries again after a server error", async () => {
    const { done, requests } = follow(START, [
      () => new Response("gone", { status: 503 }),
      () => stream(FRAMES, false),
    ]);
    expect((await done).status).toBe("completed");
    expect(requests).toHaveLength(2);
  });
});
