import { z } from "zod";
import type { Tool } from "#lib/core/tool.ts";
import type { GuardedFetch } from "./guarded-fetch.ts";
import { htmlToMarkdown } from "./html-to-markdown.ts";
import { readText } from "./read-text.ts";

const MOST_CHARACTERS = 50_000;
const READABLE = /^(text\/|application\/(json|xml|xhtml\+xml|.*\+json|.*\+xml)\b)/i;

const inputSchema = z.object({
  url: z.string().min(1).max(2_000).describe("The address of the page, with https://"),
});

/** The tool that reads a page of the web as text; HTML becomes markdown. */
export function createWebFetch(guardedFetch: GuardedFetch): Tool<z.infer<typeof inputSchema>> {
  return {
    name: "web_fetch",
    title: "Fetch a web page",
    description: "Fetch a page of the web by its address (URL) and return its text as markdown.",
    effect: "read",
    input: inputSchema,
    timeoutMs: 20_000,
    async execute({ url }, context) {
      const answer = await guardedFetch(url, context.signal);
      const { response } = answer;
      const mediaType = response.headers.get("content-type") ?? "text/plain";
      if (!response.ok) {
        await response.body?.cancel();
        throw new Error(`${answer.url} answered with status ${response.status}.`);
      }
      if (!READABLE.test(mediaType)) {
        await response.body?.cancel();
        throw new Error(
          `${answer.url} is ${mediaType.split(";")[0] ?? mediaType}, which cannot be read as text.`,
        );
      }
      const raw = await readText(response);
      const text = /html/i.test(mediaType) ? await htmlToMarkdown(raw, context.signal) : raw;
      const points = text.length > MOST_CHARACTERS ? text.slice(0, MOST_CHARACTERS) : text;
      return {
        url: answer.url,
        content: points,
        ...(points.length < text.length ? { note: `Cut at ${MOST_CHARACTERS} characters.` } : {}),
      };
    },
  };
}
