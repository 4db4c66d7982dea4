import { z } from "zod";
import {
  connectionTestSchema,
  createModelProviderSchema,
  modelProviderSchema,
  testModelProviderDraftSchema,
  testModelProviderSchema,
  updateModelProviderSchema,
} from "#lib/core/model-provider.ts";
import { ADMIN_SCOPE } from "#lib/core/principal.ts";
import { defineContract } from "../contract.ts";

const tag = "Model providers";
const read = { scope: "config:read" };
const administer = { scope: ADMIN_SCOPE };
const noParams = z.object({});
const noQuery = z.object({});
const providerParams = z.object({ provider_id: z.string().min(1).max(128) });
const testResponse = { 200: { description: "What the test found out", schema: connectionTestSchema } };

/** The organization's model connections, without their keys; for those who may not change them without addresses. */
export const listModelProvidersContract = defineContract({
  method: "GET",
  path: "/model-providers",
  operationId: "list_model_providers",
  tag,
  summary: "List model providers",
  scope: read,
  params: noParams,
  query: noQuery,
  body: { kind: "none" },
  responses: {
    200: {
      description: "Connections by name; addresses for administrators only",
      schema: z.array(modelProviderSchema),
    },
  },
});

/** Saves a connection. The key is encrypted and never shown again. */
export const createModelProviderContract = defineContract({
  method: "POST",
  path: "/model-providers",
  operationId: "create_model_provider",
  tag,
  summary: "Connect a model provider",
  scope: administer,
  params: noParams,
  query: noQuery,
  body: { kind: "json", schema: createModelProviderSchema },
  responses: { 201: { description: "The connection", schema: modelProviderSchema } },
});

/** One connection. */
export const getModelProviderContract = defineContract({
  method: "GET",
  path: "/model-providers/{provider_id}",
  operationId: "get_model_provider",
  tag,
  summary: "Get a model provider",
  scope: read,
  params: providerParams,
  query: noQuery,
  body: { kind: "none" },
  responses: {
    200: { description: "The connection; its address for administrators only", schema: modelProviderSchema },
  },
});

/** Changes a connection; absent fields, the key included, stay. */
export const updateModelProviderContract = defineContract({
  method: "PATCH",
  path: "/model-providers/{provider_id}",
  operationId: "update_model_provider",
  tag,
  summary: "Change a model provider",
  scope: administer,
  params: providerParams,
  query: noQuery,
  body: { kind: "json", schema: updateModelProviderSchema },
  responses: { 200: { description: "The connection", schema: modelProviderSchema } },
});

/** Deletes a connection; 409 names the agents that use it, `force=true` deletes nevertheless. */
export const deleteModelProviderContract = defineContract({
  method: "DELETE",
  path: "/model-providers/{provider_id}",
  operationId: "delete_model_provider",
  tag,
  summary: "Delete a model provider",
  scope: administer,
  params: providerParams,
  query: z.object({ force: z.stringbool().default(false) }),
  body: { kind: "none" },
  responses: { 204: { description: "Deleted", schema: null } },
});

/** Tries a saved connection out: lists its models and asks one for a word. */
export const testModelProviderContract = defineContract({
  method: "POST",
  path: "/model-providers/{provider_id}/test",
  operationId: "test_model_provider",
  tag,
  summary: "Test a model provider",
  scope: administer,
  params: providerParams,
  query: noQuery,
  body: { kind: "json", schema: testModelProviderSchema },
  responses: testResponse,
});

/** Tries out a connection that is not saved. */
export const testModelProviderDraftContract = defineContract({
  method: "POST",
  path: "/model-providers/test",
  operationId: "test_model_provider_draft",
  tag,
  summary: "Test a model provider before saving it",
  scope: administer,
  params: noParams,
  query: noQuery,
  body: { kind: "json", schema: testModelProviderDraftSchema },
  responses: testResponse,
});

/** Asks the connection's server which models it has. */
export const listProviderModelsContract = defineContract({
  method: "GET",
  path: "/model-providers/{provider_id}/models",
  operationId: "list_provider_models",
  tag,
  summary: "List the models that a provider offers",
  scope: administer,
  params: providerParams,
  query: noQuery,
  body: { kind: "none" },
  responses: { 200: { description: "Model ids, sorted", schema: z.array(z.string()) } },
});
