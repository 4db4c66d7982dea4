import { environment } from "#lib/env.ts";
import packageJson from "../../package.json" with { type: "json" };

/** The API's name card: what it is, which installation, which release. */
export function getHome(): { name: string; id: string; version: string } {
  return { name: "AgentOS API", id: environment().AGENTOS_ID, version: packageJson.version };
}
