import { Inngest } from "inngest";
import { createServer } from "inngest/node";
import { z } from "zod";
import { ALL_CASES } from "../all-cases.ts";
import { connectWitness } from "../witness/witness-client.ts";
import { APP_ID } from "./app-id.ts";
import { refusedFunction } from "./refused-function.ts";

// The suite's app. It learns of the engine from the SDK's own variables, like any app.

const settings = z
  .object({
    CONFORMANCE_APP_PORT: z.coerce.number(),
    CONFORMANCE_WITNESS_URL: z.string(),
    CONFORMANCE_REFUSED_OPTION: z.string().optional(),
  })
  .parse(process.env);

const inngest = new Inngest({ id: APP_ID });
const witness = connectWitness(settings.CONFORMANCE_WITNESS_URL);
const functions =
  settings.CONFORMANCE_REFUSED_OPTION === undefined
    ? ALL_CASES.flatMap((one) => one.functions?.({ inngest, witness }) ?? [])
    : [refusedFunction(inngest, settings.CONFORMANCE_REFUSED_OPTION)];

process.once("disconnect", () => process.exit());
process.once("SIGTERM", () => process.exit());
createServer({ client: inngest, functions }).listen(settings.CONFORMANCE_APP_PORT, "127.0.0.1", () =>
  process.send?.("ready"),
);
