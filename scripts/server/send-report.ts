import type { ServerReport } from "./server-report.ts";

/** Tells the parent process; without one a person started us by hand and reads the lines. */
export function sendReport(report: ServerReport): void {
  if (process.send !== undefined) {
    if (process.connected) process.send(report);
    return;
  }
  switch (report.kind) {
    case "progress":
      console.log(report.step);
      break;
    case "ready":
      console.log(`Ready: ${report.url}`);
      if (report.setupCode !== null) console.log(`Setup code for the first account: ${report.setupCode}`);
      break;
    case "failed":
      console.error(report.sentence);
      break;
  }
}
