import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { htmlToMarkdown } from "./html-to-markdown.ts";

const never = new AbortController().signal;

it("keeps headings, lists, links and code, and leaves scripts and forms out", async () => {
  const html = `<html><head><style>p{}</style><script>steal()</script></head><body><h1>Title</h1>
    <p>A <a href="https://example.com/">link</a></p><ul><li>one</li></ul><form>no</form>
    <pre><code>x = 1</code></pre></body></html>`;
  const markdown = await htmlToMarkdown(html, never);
  expect(markdown).toContain("# Title");
  expect(markdown).toContain("[link](https://example.com/)");
  expect(markdown).toMatch(/\*\s+one/);
  expect(markdown).toContain("```\nx = 1\n```");
  expect(markdown).not.toMatch(/steal|no|p\{\}/);
});

it("gives up a page that is crafted to take for ever, while the process goes on", async () => {
  const converting = htmlToMarkdown("<div>".repeat(100_000), never);
  let turns = 0;
  let over = false;
  const watched = converting.finally(() => {
    over = true;
  });
  watched.catch(() => undefined);
  while (!over) {
    await turn();
    turns++;
  }
  await expect(converting).rejects.toThrow("too complicated");
  expect(turns).toBeGreaterThan(100);
});

it("stops on the signal", async () => {
  const abort = new AbortController();
  const converting = htmlToMarkdown("<p>&nbsp;".repeat(100_000), abort.signal);
  abort.abort(new Error("Cancelled."));
  await expect(converting).rejects.toThrow("Cancelled.");
});
