const FENCE = /^(\s*)(`{3,}(?=[^`]*$)|~{3,})/;
// Bare digits, too: at the end of a growing text they may become a number of the list before them.
const LIST_ITEM = /^ {0,3}(?:(?:[-*+]|\d{1,9}[.)])(?:\s|$)|\d{1,9}$)/;
// A definition of a link or a footnote may be used by any other block.
const DEFINITION = /^ {0,3}\[[^\]\n]+\]:/m;

interface Fence {
  indent: number;
  marker: string;
}

/**
 * Cuts markdown between blocks that do not depend on each other, so that a growing text is parsed again at its end
 * only. It cuts too little rather than too much: the pieces, rendered one after the other, are the whole rendered.
 */
export function markdownBlocks(text: string): string[] {
  if (DEFINITION.test(text)) return [text];
  const blocks: string[] = [];
  let lines: string[] = [];
  let fence: Fence | null = null;
  let hasList = false;
  for (const line of text.split("\n")) {
    const isItem = LIST_ITEM.test(line);
    const afterBlank = lines.at(-1)?.trim() === "";
    if (fence === null && afterBlank && /^\S/.test(line) && !(isItem && hasList)) {
      blocks.push(lines.join("\n"));
      lines = [];
      hasList = false;
    }
    lines.push(line);
    hasList ||= isItem && fence === null;
    fence = fenceAfter(line, fence);
  }
  blocks.push(lines.join("\n"));
  return blocks;
}

function fenceAfter(line: string, fence: Fence | null): Fence | null {
  const match = FENCE.exec(line);
  if (match === null) return fence;
  const [whole, indent = "", marker = ""] = match;
  if (fence === null) return { indent: indent.length, marker };
  const closes =
    marker[0] === fence.marker[0] &&
    marker.length >= fence.marker.length &&
    indent.length <= fence.indent + 3 &&
    line.slice(whole.length).trim() === "";
  return closes ? null : fence;
}
