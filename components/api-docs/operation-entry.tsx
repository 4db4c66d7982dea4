import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge.tsx";
import type { JsonObject } from "#lib/core/json.ts";
import type { OpenApiOperation } from "#lib/core/openapi-document.ts";
import { curlExample } from "./curl-example.ts";
import { MethodBadge } from "./method-badge.tsx";
import { SchemaTable } from "./schema-table.tsx";

interface OperationEntryProps {
  method: string;
  path: string;
  operation: OpenApiOperation;
}

/** One route: what it does, what it takes, what it answers, and a call to copy. */
export function OperationEntry({ method, path, operation }: OperationEntryProps) {
  const { operationId, summary, parameters = [], requestBody, responses } = operation;
  const body = requestBody === undefined ? undefined : Object.values(requestBody.content)[0]?.schema;
  return (
    <article id={operationId} className="scroll-mt-4 border-t border-line py-5">
      <div className="flex flex-wrap items-center gap-2">
        <MethodBadge method={method} />
        <h3 className="mono min-w-0 break-all">{path}</h3>
        <Badge>{access(operation)}</Badge>
      </div>
      <p className="mt-1.5 text-fg-2">{summary}</p>
      {parameters.length === 0 ? null : (
        <Part title="Parameters">
          <SchemaTable schema={asObject(parameters)} />
        </Part>
      )}
      {requestBody === undefined || body === undefined ? null : (
        <Part title={`Body: ${Object.keys(requestBody.content).join(", ")}`}>
          <SchemaTable schema={body} />
        </Part>
      )}
      <Part title="Answers">
        <ul className="space-y-1">
          {Object.entries(responses).map(([status, { description, content = {} }]) => (
            <li key={status} className="text-sm">
              <span className="mono mr-2">{status}</span>
              <span className="text-fg-2">{description}</span>
              {Number(status) < 300
                ? Object.entries(content).map(([mediaType, { schema }]) => (
                    <div key={mediaType} className="mt-1 border-l border-line pl-3">
                      <div className="mono text-xs text-fg-3">{mediaType}</div>
                      <SchemaTable schema={schema} />
                    </div>
                  ))
                : null}
            </li>
          ))}
        </ul>
      </Part>
      <Part title="Example">
        <pre
          tabIndex={0}
          aria-label={`Example of ${operationId}`}
          className="mono overflow-x-auto rounded-md border border-line bg-sunken p-3 text-sm"
        >
          {curlExample(method, path, operation)}
        </pre>
      </Part>
    </article>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mt-3">
      <h4 className="mb-0.5 text-sm font-medium break-words text-fg-3">{title}</h4>
      {children}
    </div>
  );
}

function access(operation: OpenApiOperation): string {
  if (operation.security !== undefined) return "open";
  return operation["x-required-scope"] ?? "signed in";
}

function asObject(parameters: NonNullable<OpenApiOperation["parameters"]>): JsonObject {
  return {
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
}
