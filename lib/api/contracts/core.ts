import { z } from "zod";
import {
  healthSchema,
  homeSchema,
  serverConfigSchema,
  serverInfoSchema,
} from "#lib/core/server-description.ts";
import { modelInUseSchema } from "#lib/core/model-provider.ts";
import { defineContract } from "../contract.ts";

const tag = "Core";
const nothing = { params: z.object({}), query: z.object({}), body: { kind: "none" } } as const;
const configRead = { scope: "config:read" };

/** The API's name card. */
export const getHomeContract = defineContract({
  method: "GET",
  path: "/",
  operationId: "get_home",
  tag,
  summary: "Name, id and version of this API",
  scope: "public",
  ...nothing,
  responses: { 200: { description: "The name card", schema: homeSchema } },
});

/** Whether the server answers. */
export const getHealthContract = defineContract({
  method: "GET",
  path: "/health",
  operationId: "get_health",
  tag,
  summary: "Health of this process",
  scope: "public",
  ...nothing,
  responses: { 200: { description: "It answers", schema: healthSchema } },
});

/** What anybody may know about the server. */
export const getInfoContract = defineContract({
  method: "GET",
  path: "/info",
  operationId: "get_info",
  tag,
  summary: "What anybody may know about this server",
  scope: "public",
  ...nothing,
  responses: { 200: { description: "Counts, protocol and way of signing in", schema: serverInfoSchema } },
});

/** What a client needs to find its way. */
export const getConfigContract = defineContract({
  method: "GET",
  path: "/config",
  operationId: "get_config",
  tag,
  summary: "Configuration of this installation",
  scope: configRead,
  ...nothing,
  responses: { 200: { description: "Models, databases and components in code", schema: serverConfigSchema } },
});

/** The models that agents think with. */
export const listModelsContract = defineContract({
  method: "GET",
  path: "/models",
  operationId: "list_models",
  tag,
  summary: "Models in use",
  scope: configRead,
  ...nothing,
  responses: { 200: { description: "Each model once", schema: z.array(modelInUseSchema) } },
});

/** This API's own description. */
export const getOpenApiContract = defineContract({
  method: "GET",
  path: "/openapi.json",
  operationId: "get_openapi",
  tag,
  summary: "OpenAPI description of this API",
  scope: "public",
  ...nothing,
  responses: { 200: { description: "OpenAPI 3.1", schema: z.record(z.string(), z.unknown()) } },
});
