import assert from "node:assert/strict";
import { APP_ID } from "../app/app-id.ts";
import { caseEvent } from "../app/case-event.ts";
import { signCall } from "../app/sign-call.ts";
import { startApp } from "../app/start-app.ts";
import type { ConformanceCase } from "../conformance-case.ts";

const signatures: ConformanceCase = {
  name: "unsigned-calls-refused",
  promise:
    "The app answers only calls that its engine has signed: none without, with another key, changed or late.",
  needs: "signatures",
  functions: ({ inngest, witness }) => [
    inngest.createFunction(
      { id: "signed-only", retries: 0, triggers: [caseEvent("signed-only")] },
      async ({ event, step }) => {
        await step.run("run", () => witness.saw(event.data.key, "ran"));
      },
    ),
  ],
  async run({ key, inngest, app, send, until, seen, atEnd }) {
    const signingKey = inngest.signingKey ?? "";
    const event = { data: { key }, name: "conformance/signed-only" };
    const ctx = { attempt: 0, run_id: "forged", stack: { current: 0, stack: [] } };
    const body = JSON.stringify({ ctx, event, events: [event], steps: {}, version: 2 });
    const call = async (signature: string | null, sent = body) => {
      const response = await fetch(`${app.url}?fnId=${APP_ID}-signed-only&stepId=step`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(signature === null ? {} : { "x-inngest-signature": signature }),
        },
        body: sent,
      });
      return response.status;
    };
    const good = signCall(body, signingKey, Date.now());
    assert.equal(await call(null), 401, "without a signature");
    assert.equal(await call("s=0&t=0"), 401, "with nonsense for a signature");
    assert.equal(await call(signCall(body, "signkey-test-0badc0de", Date.now())), 401, "with another key");
    assert.equal(await call(good, body.replace("forged", "forger")), 401, "changed after signing");
    assert.equal(await call(signCall(body, signingKey, Date.now() - 600_000)), 401, "ten minutes late");
    await send("signed-only");
    await until("ran");
    atEnd(() => assert.equal(seen("ran").length, 1, "only the engine's own call ran"));
  },
};

const refusedOptions: ConformanceCase = {
  name: "unknown-options-refused",
  promise: "A function with an option that the engine does not keep is refused at registration, by name.",
  needs: "refusals",
  async run({ engine, witness }) {
    for (const option of ["batchEvents", "debounce", "throttle", "rateLimit"]) {
      const app = await startApp({
        environment: engine.environment,
        witnessUrl: witness.url,
        refusedOption: option,
      });
      try {
        const refusal = await engine.own?.refusal(app.url);
        assert.match(refusal ?? "", new RegExp(option), "the refusal names the option");
        assert.match(refusal ?? "", new RegExp(`refused-${option}`), "the refusal names the function");
      } finally {
        await app.kill();
      }
    }
  },
};

/** What the doors between an engine and its app promise. */
export const DOOR_CASES: readonly ConformanceCase[] = [refusedOptions, signatures];
