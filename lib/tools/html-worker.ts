import { parentPort, workerData } from "node:worker_threads";
import TurndownService from "turndown";

// Runs in a thread of its own: crafted markup can keep the parser busy for minutes.
const service = new TurndownService({ headingStyle: "atx", codeBlockStyle: "fenced" });
service.remove(["script", "style", "noscript", "iframe", "form", "nav", "footer"]);
const markdown = service
  .turndown(String(workerData))
  .replaceAll(/\n{3,}/g, "\n\n")
  .trim();
parentPort?.postMessage(markdown);
