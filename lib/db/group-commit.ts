interface GroupCommitOptions<Request, Result> {
  /** Writes a batch in one statement; one result a request, in order. Throws when nothing of it was written. */
  commit(batch: readonly Request[]): Promise<readonly Outcome<Result>[]>;
  /** Rows and bytes of a request, and how much of them one batch may hold. A single request may exceed the bytes. */
  weigh(request: Request): { rows: number; bytes: number };
  maxRows: number;
  maxBytes: number;
  /** False for a request that must not share a batch with those already in it; it goes into a later one. */
  fits?(request: Request, batch: readonly Request[]): boolean;
  /** Milliseconds to wait for company before a batch is sent; 0 means the next turn of the event loop. */
  delayMs?: number;
}

/** What became of one request of a batch. */
export type Outcome<Result> = { ok: true; value: Result } | { ok: false; error: unknown };

interface Pending<Request, Result> {
  request: Request;
  resolve(value: Result): void;
  reject(error: unknown): void;
}

/**
 * Commits many callers' requests together: sends at once when nothing is in flight, else everything that has come up
 * meanwhile goes out next. When the database refuses a batch, its halves are tried apart, so that one poisoned
 * request fails alone. Results come in the order of the requests.
 */
export class GroupCommit<Request, Result> {
  readonly #options: GroupCommitOptions<Request, Result>;
  #pending: Pending<Request, Result>[] = [];
  #running: Promise<void> | undefined;
  #hurry: (() => void) | undefined;

  constructor(options: GroupCommitOptions<Request, Result>) {
    this.#options = options;
  }

  /** Resolves once the request is committed. */
  submit(request: Request): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ request, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing is pending or in flight any more. */
  async drain(): Promise<void> {
    while (this.#running !== undefined) {
      this.#hurry?.();
      await this.#running;
    }
  }

  async #run(): Promise<void> {
    try {
      while (this.#pending.length > 0) {
        // Those whose requests have just been committed get their turn first and join this batch.
        await this.#gather();
        await this.#commit(this.#takeBatch());
      }
    } finally {
      this.#running = undefined;
    }
  }

  #gather(): Promise<void> {
    return new Promise((resolve) => {
      const { delayMs = 0 } = this.#options;
      if (delayMs === 0) {
        setImmediate(resolve);
        return;
      }
      const timer = setTimeout(resolve, delayMs);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #takeBatch(): Pending<Request, Result>[] {
    const options = this.#options;
    const batch: Pending<Request, Result>[] = [];
    const requests: Request[] = [];
    const later: Pending<Request, Result>[] = [];
    let rows = 0;
    let bytes = 0;
    let full = false;
    for (const pending of this.#pending) {
      const weight = options.weigh(pending.request);
      full ||=
        batch.length > 0 && (rows + weight.rows > options.maxRows || bytes + weight.bytes > options.maxBytes);
      if (full || (batch.length > 0 && options.fits?.(pending.request, requests) === false)) {
        later.push(pending);
        continue;
      }
      batch.push(pending);
      requests.push(pending.request);
      rows += weight.rows;
      bytes += weight.bytes;
    }
    this.#pending = later;
    return batch;
  }

  async #commit(batch: readonly Pending<Request, Result>[]): Promise<void> {
    let outcomes: readonly Outcome<Result>[];
    try {
      outcomes = await this.#options.commit(batch.map((pending) => pending.request));
    } catch (error) {
      if (batch.length > 1 && wasRolledBack(error)) {
        const middle = Math.ceil(batch.length / 2);
        await this.#commit(batch.slice(0, middle));
        await this.#commit(batch.slice(middle));
      } else {
        for (const pending of batch) pending.reject(error);
      }
      return;
    }
    for (const [position, pending] of batch.entries()) {
      const outcome = outcomes[position];
      if (outcome === undefined) pending.reject(new Error("The commit gave no result for this request."));
      else if (outcome.ok) pending.resolve(outcome.value);
      else pending.reject(outcome.error);
    }
  }
}

/**
 * True when the server itself answered with an error: the statement has no effect and may be tried again.
 * A broken connection leaves open whether it was committed, so a second try could write twice.
 */
function wasRolledBack(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return false;
  return /^[0-9A-Z]{5}$/.test(error.code) && !error.code.startsWith("08") && !error.code.startsWith("57P");
}
