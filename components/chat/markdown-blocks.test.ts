import fc from "fast-check";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import ReactMarkdown from "react-markdown";
import remarkGfm from "remark-gfm";
import { describe, expect, it } from "vitest";
import { markdownBlocks } from "./markdown-blocks.ts";

function render(text: string): string {
  return renderToStaticMarkup(createElement(ReactMarkdown, { remarkPlugins: [remarkGfm] }, text));
}

const PIECES = [
  "A paragraph of **two**\nlines.",
  "# A heading",
  "Under a line\n===",
  "- one\n- two",
  "1. first\n2. second",
  "* other\n\n  with a paragraph inside",
  "- outer\n  - inner\n\n  ```sh\n  echo one\n\n  echo two\n  ```",
  "```ts\nconst a = 1;\n\n- not a list\n```",
  "~~~\n```\n\nstill code\n~~~",
  "````\n```\n\nstill code\n````",
  "    indented code\n\n    goes on",
  "> quoted\n>\n> twice",
  "| a | b |\n| --- | --- |\n| 1 | 2 |",
  "---",
  "<div>\n\nnot html here\n\n</div>",
  "`` a ` b ``",
  "```unclosed\n\nfor ever",
  "[named]\n\n[named]: https://example.com",
  "A note[^1].\n\n[^1]: At the foot.",
];

describe("markdown is cut into blocks", () => {
  it("renders in pieces as it renders whole", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 5 }), (pieces) => {
        const text = pieces.join("\n\n");
        const inPieces = markdownBlocks(text).map(render).join("\n");
        expect(inPieces.replaceAll(/\n+/g, "\n")).toBe(render(text).replaceAll(/\n+/g, "\n"));
      }),
      { numRuns: 100 },
    );
  });

  it("loses no character and keeps what came before while the text grows", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...PIECES.slice(0, -2)), { minLength: 1 }),
        fc.nat(),
        (pieces, cut) => {
          const text = pieces.join("\n\n");
          const part = text.slice(0, cut % (text.length + 1));
          expect(markdownBlocks(text).join("\n")).toBe(text);
          expect(markdownBlocks(text).slice(0, -1)).toEqual(
            expect.arrayContaining(markdownBlocks(part).slice(0, -1)),
          );
        },
      ),
    );
  });

  it("joins a list's next number to the list from its first digit on", () => {
    expect(markdownBlocks("1. first\n\n2")).toEqual(["1. first\n\n2"]);
    expect(markdownBlocks("1. first\n\n2. second")).toEqual(["1. first\n\n2. second"]);
  });

  it("parses again only the last of many blocks", () => {
    expect(markdownBlocks("one\n\ntwo\n\n- a\n\n- b\n\nthree")).toHaveLength(4);
  });
});
