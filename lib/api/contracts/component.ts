import { z } from "zod";
import { componentIdSchema } from "#lib/core/agent-definition.ts";
import {
  componentConfigSchema,
  componentSchema,
  createComponentSchema,
  createConfigSchema,
  updateComponentSchema,
  updateConfigSchema,
} from "#lib/core/component.ts";
import { pageSchema } from "#lib/core/page.ts";
import { componentTypeSchema } from "#lib/core/session.ts";
import { defineContract } from "../contract.ts";

const tag = "Components";
const read = { scope: "components:read" };
const write = { scope: "components:write" };
const remove = { scope: "components:delete" };
const none = { kind: "none" } as const;
const noQuery = z.object({});

const componentParams = z.object({ component_id: componentIdSchema });
const versionParams = componentParams.extend({ version: z.coerce.number().int().min(1).max(1_000_000) });
const component = { description: "The component", schema: componentSchema };
const config = { description: "The version", schema: componentConfigSchema };
const deleted = { 204: { description: "Deleted", schema: null } };

/** One page of the stored components. */
export const listComponentsContract = defineContract({
  method: "GET",
  path: "/components",
  operationId: "list_components",
  tag,
  summary: "List stored components, newest first",
  scope: read,
  params: z.object({}),
  query: z.object({
    component_type: componentTypeSchema.optional(),
    page: z.coerce.number().int().min(1).max(1_000_000).default(1),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  body: none,
  responses: { 200: { description: "A page of components", schema: pageSchema(componentSchema) } },
});

/** Stores a component with its first version. */
export const createComponentContract = defineContract({
  method: "POST",
  path: "/components",
  operationId: "create_component",
  tag,
  summary: "Create a component with its first version",
  scope: write,
  params: z.object({}),
  query: noQuery,
  body: { kind: "json", schema: createComponentSchema },
  responses: { 201: component },
});

/** One stored component. */
export const getComponentContract = defineContract({
  method: "GET",
  path: "/components/{component_id}",
  operationId: "get_component",
  tag,
  summary: "Get a component",
  scope: read,
  params: componentParams,
  query: noQuery,
  body: none,
  responses: { 200: component },
});

/** Changes a component itself, or which version is current. */
export const updateComponentContract = defineContract({
  method: "PATCH",
  path: "/components/{component_id}",
  operationId: "update_component",
  tag,
  summary: "Update a component",
  scope: write,
  params: componentParams,
  query: noQuery,
  body: { kind: "json", schema: updateComponentSchema },
  responses: { 200: component },
});

/** Deletes a component with its versions. */
export const deleteComponentContract = defineContract({
  method: "DELETE",
  path: "/components/{component_id}",
  operationId: "delete_component",
  tag,
  summary: "Delete a component; its sessions stay",
  scope: remove,
  params: componentParams,
  query: noQuery,
  body: none,
  responses: deleted,
});

/** A component's versions. */
export const listComponentConfigsContract = defineContract({
  method: "GET",
  path: "/components/{component_id}/configs",
  operationId: "list_component_configs",
  tag,
  summary: "List a component's versions, newest first",
  scope: read,
  params: componentParams,
  query: z.object({ include_config: z.stringbool().or(z.boolean()).default(true) }),
  body: none,
  responses: { 200: { description: "Versions", schema: z.array(componentConfigSchema) } },
});

/** Adds a version. */
export const createComponentConfigContract = defineContract({
  method: "POST",
  path: "/components/{component_id}/configs",
  operationId: "create_component_config",
  tag,
  summary: "Add a version to a component",
  scope: write,
  params: componentParams,
  query: noQuery,
  body: { kind: "json", schema: createConfigSchema },
  responses: { 201: config },
});

/** The version that new runs use. */
export const getCurrentConfigContract = defineContract({
  method: "GET",
  path: "/components/{component_id}/configs/current",
  operationId: "get_current_component_config",
  tag,
  summary: "Get the current version, or the newest draft while none is published",
  scope: read,
  params: componentParams,
  query: noQuery,
  body: none,
  responses: { 200: config },
});

/** One version. */
export const getComponentConfigContract = defineContract({
  method: "GET",
  path: "/components/{component_id}/configs/{version}",
  operationId: "get_component_config",
  tag,
  summary: "Get a version",
  scope: read,
  params: versionParams,
  query: noQuery,
  body: none,
  responses: { 200: config },
});

/** Changes or publishes a draft. */
export const updateComponentConfigContract = defineContract({
  method: "PATCH",
  path: "/components/{component_id}/configs/{version}",
  operationId: "update_component_config",
  tag,
  summary: "Update or publish a draft",
  scope: write,
  params: versionParams,
  query: noQuery,
  body: { kind: "json", schema: updateConfigSchema },
  responses: { 200: config },
});

/** Deletes a version that is not current. */
export const deleteComponentConfigContract = defineContract({
  method: "DELETE",
  path: "/components/{component_id}/configs/{version}",
  operationId: "delete_component_config",
  tag,
  summary: "Delete a version that is not current",
  scope: remove,
  params: versionParams,
  query: noQuery,
  body: none,
  responses: deleted,
});

/** Makes a published version the current one. */
export const setCurrentConfigContract = defineContract({
  method: "POST",
  path: "/components/{component_id}/configs/{version}/set-current",
  operationId: "set_current_component_config",
  tag,
  summary: "Make a published version the current one",
  scope: write,
  params: versionParams,
  query: noQuery,
  body: none,
  responses: { 200: component },
});
