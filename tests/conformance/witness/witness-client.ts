import { Agent, request } from "node:http";

/** What the functions tell the witness, and where they wait for the suite. */
export interface WitnessClient {
  /** Tells the witness that something happened, and waits until it knows. */
  saw(key: string, label: string, data?: unknown): Promise<void>;
  /** Waits until the suite opens the gate. */
  pass(key: string, gate: string): Promise<void>;
}

/** Connects the functions of the app's process with the witness at `url`. */
export function connectWitness(url: string): WitnessClient {
  const agent = new Agent({ keepAlive: true });
  return {
    saw: (key, label, data = null) => post(agent, url, { kind: "sighting", key, label, data }),
    pass: (key, gate) => post(agent, url, { kind: "gate", key, gate }),
  };
}

// Not fetch, which gives up a silent answer after five minutes.
function post(agent: Agent, url: string, message: Record<string, unknown>): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request(url, { agent, method: "POST" }, (response) => {
      response.resume();
      response.once("error", reject);
      response.once("end", () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`The witness answered ${response.statusCode}.`));
      });
    });
    call.once("error", reject);
    call.end(JSON.stringify(message));
  });
}
