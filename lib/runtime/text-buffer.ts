import { storableText } from "../core/storable-json.ts";

/**
 * The text of one part on its way into the journal. Pieces leave it whole: never in the middle of a surrogate pair,
 * never with a character that the database would refuse. The pieces together are always the same text, however
 * the model cut its own.
 */
export class TextBuffer {
  #waiting = "";
  #taken = "";

  /** UTF-16 units that wait to be taken. */
  get length(): number {
    return this.#waiting.length;
  }

  /** Everything that was taken so far. */
  get text(): string {
    return this.#taken;
  }

  add(delta: string): void {
    this.#waiting += delta;
  }

  /** Takes what waits as one piece; with `last` also half a surrogate pair, which cannot be completed any more. */
  take(last: boolean): string {
    let raw = this.#waiting;
    this.#waiting = "";
    if (!last && endsInsidePair(raw)) {
      this.#waiting = raw.slice(-1);
      raw = raw.slice(0, -1);
    }
    const piece = storableText(raw);
    this.#taken += piece;
    return piece;
  }
}

function endsInsidePair(text: string): boolean {
  const code = text.charCodeAt(text.length - 1);
  return code >= 0xd800 && code <= 0xdbff;
}
