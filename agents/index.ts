import type { CodeAgent } from "#lib/sdk/define-agent.ts";
import { assistant } from "./assistant.ts";
import { webReader } from "./web-reader.ts";

/** The components that live in code. They are in every organization, read-only. */
export const CODE_COMPONENTS: readonly CodeAgent[] = [assistant, webReader];
