import path from "node:path";
import { acquireDataFolderLock } from "#scripts/data-folder-lock.mjs";
import { openDatabase } from "#lib/db/open-database.ts";

// Writes rows into the embedded database of a folder as fast as it can, four at a time, and prints the number of each
// row once it is acknowledged, until it is killed. Arguments: the data folder, the first number.

const [dataDirectory = "", first = "0"] = process.argv.slice(2);
await acquireDataFolderLock(path.resolve(dataDirectory));
const { pool } = await openDatabase({ dataDirectory });
await pool.query("CREATE TABLE IF NOT EXISTS acknowledged (n int PRIMARY KEY, filler text NOT NULL)");
process.stdout.write("ready\n");

let next = Number(first);
async function write(): Promise<never> {
  for (;;) {
    const n = next++;
    await pool.query("INSERT INTO acknowledged VALUES ($1, repeat('x', $2))", [n, 50 + ((n * 37) % 9000)]);
    process.stdout.write(`${n}\n`);
  }
}
await Promise.all([write(), write(), write(), write()]);
