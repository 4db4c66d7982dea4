import { randomUUID } from "node:crypto";
import type { Inngest } from "inngest";
import type { App } from "./app/start-app.ts";
import type { Stage } from "./conformance-case.ts";
import type { Engine } from "./engines/engine.ts";
import type { Witness } from "./witness/witness.ts";

/** What the cases of a run share. */
export interface Props {
  inngest: Inngest;
  engine: Engine;
  app: App;
  witness: Witness;
}

/** Waits are long because machines are busy: what is late is not yet wrong. */
const defaultLimitMs = 90_000;

/** Makes what one run of a case is driven with; the checks it leaves for the end are added to `checks`. */
export function makeStage(name: string, props: Props, checks: (() => void)[]): Stage {
  const { inngest, engine, app, witness } = props;
  const key = `${name}-${randomUUID()}`;
  return {
    key,
    inngest,
    engine,
    app,
    witness,
    async send(event, data = {}, id) {
      const payload = {
        name: `conformance/${event}`,
        data: { ...data, key },
        ...(id === undefined ? {} : { id }),
      };
      const { ids } = await inngest.send(payload);
      if (ids[0] === undefined) throw new Error("the engine gave the event no id");
      return ids[0];
    },
    seen: (label) => witness.seen(key, label),
    until: (label, count = 1, limitMs = defaultLimitMs) => witness.until(key, label, count, limitMs),
    open: (gate) => witness.open(key, gate),
    settle: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    atEnd: (check) => checks.push(check),
    async crash({ downMs } = { downMs: 0 }) {
      if (engine.own === undefined) throw new Error("this engine cannot be killed");
      await Promise.all([engine.own.kill(), app.kill()]);
      await new Promise((resolve) => setTimeout(resolve, downMs));
      await app.start();
      await engine.start(app.url);
    },
  };
}
