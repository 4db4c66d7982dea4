import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openApiDocument } from "#lib/api/openapi/openapi-document.ts";

const file = fileURLToPath(new URL("../public/openapi.json", import.meta.url));
const current = `${JSON.stringify(openApiDocument(), null, 2)}\n`;

if (!process.argv.includes("--check")) {
  writeFileSync(file, current);
  console.log("Wrote public/openapi.json");
} else if (read() !== current) {
  console.error("public/openapi.json is not what the contracts say; run: npm run openapi");
  process.exitCode = 1;
}

function read(): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
