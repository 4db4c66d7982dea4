import { parentPort } from "node:worker_threads";
import TurndownService from "turndown";

// Runs in a thread of its own: crafted markup can keep the parser busy for minutes.
const service = new TurndownService({ headingStyle: "atx", codeBlockStyle: "fenced" });
service.remove(["script", "style", "noscript", "iframe", "form", "nav", "footer"]);
parentPort?.once("message", (html: string) => {
  const markdown = service
    .turndown(html)
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
  parentPort?.postMessage(markdown);
});
