const CYCLE =
  "This is a long answer of the scripted demo model, made of one sentence that repeats itself so that streaming, " +
  "scrolling, stopping and coming back can be seen at work.";

/** A text of exactly so many words. */
export function longText(words: number): string {
  const cycle = CYCLE.split(" ");
  return Array.from({ length: words }, (_, index) => cycle[index % cycle.length]).join(" ");
}

/** One of everything that an answer's markdown may hold. */
export const MARKDOWN_SAMPLE = `## A sample of everything

An answer may hold **bold** and *italic* words, \`inline code\` and [a link](https://example.com).

1. First a numbered list
2. with two entries

- then bullets
  - and one further in

| Tool | Effect | Calls |
| --- | --- | ---: |
| calculator | read | 12 |
| add_note | write | 3 |

\`\`\`ts
/** Adds two numbers. */
export function add(a: number, b: number): number {
  return a + b;
}
\`\`\`

> A quotation closes the sample.
`;
