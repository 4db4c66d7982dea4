import type { AppendRequest, JournalPort, NewEvent, RunLease, RunPatch } from "../core/journal.ts";
import type { JsonObject, JsonValue } from "../core/json.ts";
import type { RunEventBody } from "../core/run-event.ts";
import { addExtras, type AppendExtras, type EventExtras } from "./append-extras.ts";
import type { Clock } from "./ports.ts";
import { TextBuffer } from "./text-buffer.ts";

/** How long text may wait for more before it is written, in milliseconds (DESIGN section 4: 30 to 50). */
const TEXT_WAIT_MS = 40;
/** UTF-16 units of unwritten text at which the model has to wait for the journal. */
const MAX_UNWRITTEN_CHARS = 65_536;

/** One stretch of text or reasoning, and the rows that its pieces have become. */
interface Part {
  kind: "text" | "reasoning";
  isIntermediate: boolean;
  buffer: TextBuffer;
  begun: boolean;
  closed: boolean;
  /** Rows that are on their way to the journal. */
  unwrittenRows: number;
  writtenRows: number;
  firstIndex: number;
  lastIndex: number;
}

interface QueuedEvent {
  event: NewEvent;
  part: Part | null;
}

/** What goes with an event. */
interface RecordExtra extends EventExtras {
  internal?: JsonValue;
  patch?: RunPatch;
  /** The caller records another event at once; this one waits for it. */
  moreFollows?: boolean;
}

/** What a recorder writes to, and for whom. */
export interface RecorderPorts {
  journal: JournalPort;
  lease: RunLease;
  runId: string;
  sessionId: string;
  clock: Clock;
  /** True when another model makes the answer of what is written, unless a part says otherwise. */
  isIntermediate?: boolean;
  /** Called once, when an append fails: nothing will be written any more. */
  onFailure(error: unknown): void;
}

/**
 * The only writer of a run's journal. Events keep their order; those that are recorded in one go, or while an append
 * is under way, are committed together. The first piece of a part is written at once, later ones every 40 ms;
 * closed parts of several rows are handed to compaction.
 */
export class RunRecorder {
  readonly #ports: RecorderPorts;
  #queue: QueuedEvent[] = [];
  #part: Part | null = null;
  #patch: RunPatch | null = null;
  #extras: AppendExtras = {};
  #sessionState: JsonObject | null = null;
  /** What is queued shall be written as soon as no append is under way. */
  #due = false;
  #writing = false;
  #scheduled = false;
  #cancelTimer: (() => void) | null = null;
  #waiters: (() => void)[] = [];
  #turnStartIndex = -1;
  #failure: { error: unknown } | null = null;

  constructor(ports: RecorderPorts) {
    this.#ports = ports;
  }

  /** Index of the last ModelRequestStarted that is committed; -1 before the first. */
  get turnStartIndex(): number {
    return this.#turnStartIndex;
  }

  /** The error that ended the writing, if one did. */
  get failure(): { error: unknown } | null {
    return this.#failure;
  }

  /** Records an event, and the changes of the run's row that belong to it. */
  record(body: RunEventBody, extra: RecordExtra = {}): void {
    this.#takeText(false);
    this.#push(body, null, extra.internal);
    if (extra.patch !== undefined) this.#patch = { ...this.#patch, ...extra.patch };
    addExtras(this.#extras, extra);
    if (extra.moreFollows !== true) this.#schedule();
  }

  /** The session's state, to be saved with the next append. */
  saveSessionState(state: JsonObject): void {
    this.#sessionState = state;
  }

  /** Opens a part; `write` adds to it until `closePart`. */
  openPart(kind: "text" | "reasoning", isIntermediate = this.#ports.isIntermediate === true): void {
    this.closePart();
    const indexes = { firstIndex: -1, lastIndex: -1 };
    const rows = { unwrittenRows: 0, writtenRows: 0 };
    this.#part = {
      kind,
      isIntermediate,
      buffer: new TextBuffer(),
      begun: false,
      closed: false,
      ...rows,
      ...indexes,
    };
  }

  /** Adds text to the open part. A promise means: the journal is behind, wait for it before reading on. */
  write(delta: string): Promise<void> | undefined {
    const part = this.#part;
    if (part === null) throw new Error("Text was written outside of a part.");
    if (delta === "") return undefined;
    part.buffer.add(delta);
    if (!part.begun) {
      part.begun = true;
      if (part.kind === "reasoning") this.#push({ type: "ReasoningStarted" }, null);
      this.#schedule();
      return undefined;
    }
    if (this.#cancelTimer === null) this.#startTimer();
    return part.buffer.length > MAX_UNWRITTEN_CHARS && this.#writing ? this.committed() : undefined;
  }

  /** Closes the open part, if there is one, and returns its text as the journal has it. */
  closePart(): string {
    const part = this.#part;
    if (part === null) return "";
    this.#takeText(true);
    part.closed = true;
    this.#part = null;
    if (part.kind === "reasoning" && part.begun) {
      this.#push({ type: "ReasoningCompleted", content_type: "str" }, null);
    }
    // What follows usually comes at once and takes the rest along.
    if (this.#queue.length > 0 && this.#cancelTimer === null) this.#startTimer();
    this.#compactWhenWritten(part);
    return part.buffer.text;
  }

  /** Resolves when everything recorded so far is committed, or when writing has failed. */
  committed(): Promise<void> {
    if (this.#failure !== null) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
      this.#schedule();
    });
  }

  #push(body: RunEventBody, part: Part | null, internal?: JsonValue): void {
    if (this.#failure !== null) return;
    const event: NewEvent = { runId: this.#ports.runId, createdAtMs: this.#ports.clock.nowMs(), body };
    if (internal !== undefined) event.internal = internal;
    this.#queue.push({ event, part });
  }

  #takeText(last: boolean): void {
    const part = this.#part;
    if (part === null || part.buffer.length === 0) return;
    const piece = part.buffer.take(last);
    if (piece === "") return;
    part.unwrittenRows++;
    this.#push(
      part.kind === "text"
        ? {
            type: "RunContent",
            content: piece,
            content_type: "str",
            ...(part.isIntermediate ? { intermediate: true as const } : {}),
          }
        : { type: "ReasoningContentDelta", reasoning_content: piece },
      part,
    );
  }

  #startTimer(): void {
    this.#cancelTimer = this.#ports.clock.after(TEXT_WAIT_MS, () => {
      this.#cancelTimer = null;
      this.#due = true;
      this.#pump();
    });
  }

  /** Writes after the present turn of the caller, so that what is recorded in one go is committed together. */
  #schedule(): void {
    this.#due = true;
    if (this.#scheduled || this.#writing) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#pump();
    });
  }

  #pump(): void {
    if (!this.#due || this.#writing || this.#failure !== null) return;
    this.#due = false;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#takeText(false);
    const waiters = this.#waiters;
    this.#waiters = [];
    const batch = this.#queue;
    if (batch.length === 0) {
      for (const resolve of waiters) resolve();
      return;
    }
    this.#queue = [];
    this.#writing = true;
    this.#ports.journal.append(this.#request(batch)).then(
      ({ firstIndex }) => {
        this.#writing = false;
        this.#number(batch, firstIndex);
        for (const resolve of waiters) resolve();
        this.#pump();
      },
      (error: unknown) => this.#fail(error, waiters),
    );
  }

  #request(batch: readonly QueuedEvent[]): AppendRequest {
    const { lease, runId, sessionId } = this.#ports;
    const request: AppendRequest = { lease, events: batch.map((queued) => queued.event), ...this.#extras };
    if (this.#patch !== null) request.patches = [{ runId, patch: this.#patch }];
    if (this.#sessionState !== null) request.sessionState = { sessionId, state: this.#sessionState };
    this.#patch = null;
    this.#sessionState = null;
    this.#extras = {};
    return request;
  }

  #number(batch: readonly QueuedEvent[], firstIndex: number): void {
    let index = firstIndex;
    for (const { part, event } of batch) {
      if (event.body.type === "ModelRequestStarted") this.#turnStartIndex = index;
      if (part !== null) {
        if (part.firstIndex === -1) part.firstIndex = index;
        part.lastIndex = index;
        part.unwrittenRows--;
        part.writtenRows++;
        this.#compactWhenWritten(part);
      }
      index++;
    }
  }

  #compactWhenWritten(part: Part): void {
    if (!part.closed || part.unwrittenRows > 0 || part.writtenRows < 2) return;
    this.#ports.journal.compact(this.#ports.lease, part.firstIndex, part.lastIndex);
  }

  #fail(error: unknown, waiters: readonly (() => void)[]): void {
    this.#failure = { error };
    this.#writing = false;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#queue = [];
    for (const resolve of [...waiters, ...this.#waiters]) resolve();
    this.#waiters = [];
    this.#ports.onFailure(error);
  }
}
