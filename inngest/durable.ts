/** The durable work of this process. */
export interface Durable {
  /** Takes on nothing more; what is under way goes on. */
  quiesce(): Promise<void>;
  /** Ends it: what is under way after a few seconds is left to the next start or to another replica. */
  stop(): Promise<void>;
}
