import { z } from "zod";
import { jsonObjectSchema } from "./json.ts";
import { modelInUseSchema } from "./model-provider.ts";

/** The release of the AgentOS protocol that this API speaks; clients read it as `agno_version`. */
export const PROTOCOL_VERSION = "2.9.0";

/** The API's name card (GET /). */
export const homeSchema = z.object({ name: z.string(), id: z.string(), version: z.string() });

export const healthSchema = z.object({
  status: z.literal("ok"),
  /** ISO 8601: when this process began. */
  instantiated_at: z.string(),
});

/** What anybody may know about this server. Nulls are present. */
export const serverInfoSchema = z.object({
  os_id: z.string(),
  name: z.string(),
  agno_version: z.string(),
  /** Components that are defined in code. */
  agent_count: z.number().int(),
  team_count: z.number().int(),
  workflow_count: z.number().int(),
  mcp: z.object({ enabled: z.boolean(), path: z.string().nullable(), oauth: z.null() }),
  auth_mode: z.enum(["none", "security_key", "jwt"]),
});

export type ServerInfo = z.infer<typeof serverInfoSchema>;

const domainSchema = z.object({
  dbs: z.array(
    z.object({
      db_id: z.string(),
      domain_config: z.object({ display_name: z.string() }),
      tables: z.array(z.string()),
    }),
  ),
});

/** GET /config: what a client needs to find its way. Only components defined in code are listed. */
export const serverConfigSchema = z.object({
  os_id: z.string(),
  description: z.string(),
  /** `provider:model`. */
  available_models: z.array(z.string()),
  os_database: z.string(),
  databases: z.array(z.string()),
  chat: z.object({ quick_prompts: z.record(z.string(), z.array(z.string())) }),
  session: domainSchema,
  agents: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      description: z.string().optional(),
      db_id: z.string(),
      model: modelInUseSchema,
      metadata: jsonObjectSchema.optional(),
    }),
  ),
  teams: z.array(z.object({ id: z.string() })),
  workflows: z.array(z.object({ id: z.string() })),
  interfaces: z.array(z.object({ type: z.string(), version: z.string(), route: z.string() })),
});

export type ServerConfig = z.infer<typeof serverConfigSchema>;
