/** An agent as the list shows it. */
export interface AgentRow {
  id: string;
  name: string;
  description: string;
  modelId: string;
  toolCount: number;
  source: "code" | "stored";
  version: number | null;
  /** ISO 8601; null for agents in code. */
  updatedAt: string | null;
}
