import type { JsonObject } from "./json.ts";

/** A place where a schema stands for one kind of content. */
interface OpenApiContent {
  [mediaType: string]: {
    schema: JsonObject;
    /** Of a stream: what the data of one event is. */
    "x-event-schema"?: JsonObject;
  };
}

export interface OpenApiParameter {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: JsonObject;
}

export interface OpenApiResponse {
  description: string;
  content?: OpenApiContent;
}

export interface OpenApiOperation {
  operationId: string;
  tags: string[];
  summary: string;
  /** Absent: any of the document's schemes; empty: no credential. */
  security?: [];
  /** The AgentOS scope that the caller needs. */
  "x-required-scope"?: string;
  parameters?: OpenApiParameter[];
  requestBody?: { required: boolean; content: OpenApiContent };
  responses: Record<string, OpenApiResponse>;
}

/** The part of OpenAPI 3.1 that our description uses. */
export interface OpenApiDocument {
  openapi: "3.1.0";
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: string }[];
  security: Record<string, []>[];
  paths: Record<string, Partial<Record<"get" | "post" | "patch" | "put" | "delete", OpenApiOperation>>>;
  components: { schemas: Record<string, JsonObject>; securitySchemes: Record<string, JsonObject> };
}
