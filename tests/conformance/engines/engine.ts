/** An Inngest-compatible engine under test. The suite reaches it over HTTP only, as the genuine SDK does. */
export interface Engine {
  /** For the report: which engine, on what. */
  name: string;
  /** What the SDK needs to know, in its own variables; for the suite's process and the app's. */
  environment: Record<string, string>;
  /** Where events go: POST `eventUrl` with one event or several. */
  eventUrl: string;
  /** Whether calls to the app are signed; a development server does not sign. */
  isSigning: boolean;
  /** Resolves when the engine takes events and knows the functions served at `appUrl`. */
  start(appUrl: string): Promise<void>;
  /** Shuts down what `start` started, as a deploy would, and leaves what it has stored. */
  stop(): Promise<void>;
  /** Stops and removes everything. */
  end(): Promise<void>;
  /** What can only be done to an engine that is ours; absent for a server elsewhere. */
  own?: OwnEngine;
}

export interface OwnEngine {
  /** What it has written to its terminal since its last start. */
  output(): string;
  /** SIGKILL; what is stored stays. `start` starts it again. */
  kill(): Promise<void>;
  /** What a start says that refuses the functions at `appUrl`; rejects when it does not refuse. */
  refusal(appUrl: string): Promise<string>;
  /** Starts one more engine on the same storage, for the same app; absent where only one process can have it. */
  startReplica?(appUrl: string): Promise<{ kill(): Promise<void> }>;
}
