import { registerDatabase } from "#lib/db/database.ts";
import { openDatabase } from "#lib/db/open-database.ts";
import { startBenchApp } from "./durable-app.ts";

// A replica of the bench of durable functions: a process with an engine on the Postgres whose URL it is given. It says
// when it is ready, and sends its share of events when it is told how many.

const databaseUrl = process.argv[2] ?? "";
registerDatabase(await openDatabase({ dataDirectory: null, databaseUrl }));
const app = await startBenchApp();
process.on("message", (count: number) => void app.send("short", count));
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
