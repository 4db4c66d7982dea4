import { diffWordsWithSpace } from "diff";

const LONGEST_COMPARED = 4_000;

interface ChangedTextProps {
  before: string;
  after: string;
  /** Which of the two to show, with the words that only it has marked. */
  side: "before" | "after";
}

/** One side of a change; its own words stand out where the rest is the same. */
export function ChangedText({ before, after, side }: ChangedTextProps) {
  const text = side === "before" ? before : after;
  if (before.length + after.length > LONGEST_COMPARED) return text;
  const pieces = diffWordsWithSpace(before, after);
  // A value that is another altogether needs no marks.
  if (!pieces.some((piece) => !piece.added && !piece.removed && piece.value.trim() !== "")) return text;
  return pieces
    .filter((piece) => !(side === "before" ? piece.added : piece.removed))
    .map((piece, at) =>
      piece.added || piece.removed ? (
        <span
          key={at}
          className={
            side === "before"
              ? "rounded-[3px] bg-failed-line/45 line-through decoration-failed-text/60"
              : "rounded-[3px] bg-ok-line/55"
          }
        >
          {piece.value}
        </span>
      ) : (
        <span key={at}>{piece.value}</span>
      ),
    );
}
