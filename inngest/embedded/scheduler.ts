import type { EngineContext } from "./engine-context.ts";
import { fireTimer } from "./fire-timer.ts";
import { type ClaimedCall, claimCalls } from "./store/claim-calls.ts";
import { claimTimers } from "./store/claim-timers.ts";
import { releaseLeases, renewLeases } from "./store/leases.ts";
import { nextDue } from "./store/next-due.ts";
import { settleTimers } from "./store/settle-timers.ts";

/** How many calls a process makes at a time. */
const MAX_CALLS = 32;
/** How many of them may be one function's: calls that take minutes must not keep all others from being made. */
const MAX_CALLS_OF_A_FUNCTION = 24;
const TIMER_BATCH = 50;
const ASK_MS = 10;
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

interface SchedulerOptions {
  context: EngineContext;
  /** The functions whose handler is here; others' jobs are left alone. */
  servedIds: () => readonly string[];
  /** Makes a call and writes what follows. */
  perform: (call: ClaimedCall) => Promise<void>;
  /** True where other engines share the database. */
  isShared: boolean;
  /** Milliseconds between two looks at what others have left. */
  pollMs: number;
  /** Runs before each of those looks. */
  beforePoll: () => Promise<void>;
  /** Tells the engines that share the database that there is more to do than this one can take. */
  notifyOthers: () => Promise<void>;
  onError: (message: string, error: unknown) => void;
}

/**
 * The engine's clockwork: one timer for whatever is due next, a look at the queue when something has come up, and a
 * bounded number of calls at a time.
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #inFlight = new Map<string, { jobId: string; functionId: string; done: Promise<void> }>();
  #isClaiming = false;
  #round: Promise<void> | null = null;
  /** Something may be claimable right now. */
  #hasWork = false;
  /** When to look at the timers, at calls that are put off, and at everything; milliseconds of the monotonic clock. */
  #timersAt = 0;
  #callsAt = 0;
  #pollAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #renewal: NodeJS.Timeout | undefined;
  #asking: NodeJS.Timeout | undefined;

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  /** Begins to claim. */
  start(): void {
    this.#isClaiming = true;
    this.#renewal = setInterval(() => {
      if (this.#inFlight.size === 0) return;
      const { context, onError } = this.#options;
      const jobIds = [...this.#inFlight.values()].map(({ jobId }) => jobId);
      renewLeases(context.store, jobIds).catch((error: unknown) =>
        onError("Claims could not be renewed.", error),
      );
    }, this.#options.context.store.leaseMs / 3);
    this.#renewal.unref();
    this.#arm();
  }

  /** A call is due in so many milliseconds; 0 for one that is ready. */
  wakeForCall(inMs: number): void {
    if (inMs <= 0) {
      this.#hasWork = true;
      if (this.#inFlight.size >= MAX_CALLS) this.#askOthers();
    } else this.#callsAt = Math.min(this.#callsAt, performance.now() + inMs);
    this.#arm();
  }

  /** A timer is due in so many milliseconds. */
  wakeForTimer(inMs: number): void {
    this.#timersAt = Math.min(this.#timersAt, performance.now() + inMs);
    this.#arm();
  }

  /** Looks at everything at once, whatever is known of it: another process may have written. */
  wakeAll(): void {
    this.#pollAt = 0;
    this.#arm();
  }

  /** Claims nothing more; calls under way go on. */
  async quiesce(): Promise<void> {
    this.#isClaiming = false;
    clearTimeout(this.#timer);
    clearTimeout(this.#asking);
    await this.#round;
  }

  /** Stops: waits up to `graceMs` milliseconds for the calls under way and gives up the claims of the rest. */
  async stop(graceMs: number): Promise<void> {
    await this.quiesce();
    let grace: NodeJS.Timeout | undefined;
    const graceOver = new Promise<void>((resolve) => {
      grace = setTimeout(resolve, graceMs);
    });
    await Promise.race([Promise.all([...this.#inFlight.values()].map(({ done }) => done)), graceOver]);
    clearTimeout(grace);
    clearInterval(this.#renewal);
    await releaseLeases(this.#options.context.store, "own");
  }

  /** Forgets everything at once and writes nothing more, as a killed process would. For tests. */
  abandon(): void {
    this.#isClaiming = false;
    clearTimeout(this.#timer);
    clearTimeout(this.#asking);
    clearInterval(this.#renewal);
  }

  #arm(): void {
    if (!this.#isClaiming || this.#round !== null) return;
    clearTimeout(this.#timer);
    const isFull = this.#inFlight.size >= MAX_CALLS;
    const next = Math.min(this.#timersAt, this.#pollAt, isFull ? Number.POSITIVE_INFINITY : this.#callsAt);
    const inMs = next - performance.now();
    if (inMs <= 0 || (this.#hasWork && !isFull)) this.#startRound();
    else {
      this.#timer = setTimeout(() => this.#arm(), Math.min(Math.ceil(inMs), MAX_TIMEOUT_MS));
      this.#timer.unref();
    }
  }

  #startRound(): void {
    this.#round = this.#runRound()
      .catch((error: unknown) => {
        this.#options.onError("The durable engine could not look at its queue.", error);
        this.#pollAt = performance.now() + 1_000;
        this.#hasWork = false;
        this.#callsAt = this.#pollAt;
        this.#timersAt = this.#pollAt;
      })
      .then(() => {
        this.#round = null;
        this.#arm();
      });
  }

  async #runRound(): Promise<void> {
    const { context, servedIds, pollMs, beforePoll } = this.#options;
    const begin = performance.now();
    const isPoll = this.#pollAt <= begin;
    const areTimersDue = isPoll || this.#timersAt <= begin;
    const areCallsDue = areTimersDue || this.#callsAt <= begin;
    if (isPoll) {
      this.#pollAt = begin + pollMs;
      await beforePoll();
    }
    if (areTimersDue) {
      this.#timersAt = Number.POSITIVE_INFINITY;
      await this.#fireTimers();
    }
    if (areCallsDue) this.#callsAt = Number.POSITIVE_INFINITY;
    this.#hasWork = false;
    await this.#claimCalls();
    if (areCallsDue) {
      const { timerMs, callMs } = await nextDue(context.store, servedIds());
      const now = performance.now();
      if (timerMs !== null) this.#timersAt = Math.min(this.#timersAt, now + Math.max(0, timerMs));
      if (callMs !== null) this.#callsAt = Math.min(this.#callsAt, now + Math.max(0, callMs));
    }
  }

  async #fireTimers(): Promise<void> {
    const { context, servedIds, onError } = this.#options;
    for (let isComplete = false; !isComplete; ) ({ isComplete } = await settleTimers(context.store));
    for (let isComplete = false; !isComplete; ) {
      const timers = await claimTimers(context.store, { functionIds: servedIds(), limit: TIMER_BATCH });
      for (const timer of timers) {
        // A timer that fails comes up again when its claim ends.
        await fireTimer(context, timer).catch((error: unknown) =>
          onError(`The timer ${timer.id} failed.`, error),
        );
      }
      isComplete = timers.length < TIMER_BATCH;
    }
  }

  async #claimCalls(): Promise<void> {
    const { context, servedIds, isShared } = this.#options;
    for (let isComplete = false; !isComplete && this.#isClaiming; ) {
      const served = servedIds();
      const room = served
        .map((id) => ({ id, left: MAX_CALLS_OF_A_FUNCTION - this.#callsOf(id) }))
        .filter(({ left }) => left > 0);
      const limit = Math.min(MAX_CALLS - this.#inFlight.size, ...room.map(({ left }) => left));
      if (limit <= 0 || room.length < served.length) this.#askOthers();
      if (limit <= 0 || room.length === 0) return;
      const functionIds = room.map(({ id }) => id);
      const inFlight = [...this.#inFlight.keys()];
      const claimed = await claimCalls(context.store, { functionIds, limit, inFlight, isShared });
      for (const call of claimed.calls) this.#perform(call);
      isComplete = claimed.isComplete;
    }
  }

  /** At most one notification every few milliseconds: Postgres serialises commits that notify. */
  #askOthers(): void {
    const { isShared, notifyOthers, onError } = this.#options;
    if (!isShared || this.#asking !== undefined) return;
    this.#asking = setTimeout(() => {
      this.#asking = undefined;
      notifyOthers().catch((error: unknown) =>
        onError("The other replicas could not be told of work.", error),
      );
    }, ASK_MS);
    this.#asking.unref();
  }

  #callsOf(functionId: string): number {
    return [...this.#inFlight.values()].filter((call) => call.functionId === functionId).length;
  }

  #perform(call: ClaimedCall): void {
    const { perform, onError } = this.#options;
    const claim = `${call.id}:${call.generation}`;
    const done = perform(call)
      .catch((error: unknown) =>
        onError(`What a call of ${call.functionId} led to could not be written.`, error),
      )
      .then(() => {
        this.#inFlight.delete(claim);
        this.wakeForCall(0);
      });
    this.#inFlight.set(claim, { jobId: call.id, functionId: call.functionId, done });
  }
}
