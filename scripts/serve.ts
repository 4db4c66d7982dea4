import { serve } from "./server/serve.ts";
import { serveOptions } from "./server/serve-options.ts";

await serve(serveOptions(process.argv.slice(2)));
