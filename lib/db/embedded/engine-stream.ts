import { Duplex } from "node:stream";

interface EngineStreamOptions {
  send(bytes: Uint8Array<ArrayBuffer>): void;
  close(): void;
}

/** What a Postgres client takes for its socket: bytes go to the engine's thread and come back from there. */
export class EngineStream extends Duplex {
  readonly #options: EngineStreamOptions;
  #closed = false;

  constructor(options: EngineStreamOptions) {
    super();
    this.#options = options;
  }

  /** The client's wish to connect; there is nobody to dial, so it is granted in the next turn. */
  connect(): this {
    queueMicrotask(() => this.emit("connect"));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#options.send(new Uint8Array(chunk));
    done();
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    const bytes = new Uint8Array(chunks.reduce((total, { chunk }) => total + chunk.length, 0));
    let offset = 0;
    for (const { chunk } of chunks) {
      bytes.set(chunk, offset);
      offset += chunk.length;
    }
    this.#options.send(bytes);
    done();
  }

  override _final(done: () => void): void {
    this.#hangUp();
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#hangUp();
    done(error);
  }

  #hangUp(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.close();
  }
}
