import type { OpenApiDocument, OpenApiOperation } from "#lib/core/openapi-document.ts";
import { MethodBadge } from "./method-badge.tsx";
import { OperationEntry } from "./operation-entry.tsx";
import { SchemaTable } from "./schema-table.tsx";

interface Entry {
  method: string;
  path: string;
  operation: OpenApiOperation;
}

/** The whole API on one page: routes by their subject, then the named schemas. */
export function ApiReference({ document }: { document: OpenApiDocument }) {
  const entries = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]): Entry => ({ method: method.toUpperCase(), path, operation }),
    ),
  );
  const groups = document.tags.map(({ name }) => ({
    name,
    entries: entries.filter(({ operation }) => operation.tags.includes(name)),
  }));
  return (
    <div className="mx-auto flex max-w-290 gap-10 px-4 pb-20 sm:px-6">
      <nav
        aria-label="Routes"
        className="sticky top-0 hidden h-dvh w-72 shrink-0 overflow-y-auto py-6 lg:block"
      >
        {groups.map((group) => (
          <div key={group.name} className="mb-4">
            <a href={`#${anchor(group.name)}`} className="mb-1 block font-medium">
              {group.name}
            </a>
            {group.entries.map(({ method, path, operation }) => (
              <a
                key={operation.operationId}
                href={`#${operation.operationId}`}
                title={`${method} ${path}`}
                className="flex items-center gap-2 rounded-md px-1 py-0.5 text-fg-2 hover:bg-hover hover:text-fg"
              >
                <MethodBadge method={method} />
                <span className="truncate">{operation.summary}</span>
              </a>
            ))}
          </div>
        ))}
      </nav>
      <main className="min-w-0 flex-1 pt-6">
        <h1>
          {document.info.title} <span className="text-fg-3">{document.info.version}</span>
        </h1>
        <p className="mt-2 max-w-160 text-fg-2">
          {document.info.description.replaceAll("`", "")} Every path begins with{" "}
          <span className="mono">/api</span>. Send <span className="mono">Authorization: Bearer</span> with a
          token; the console signs in by cookie. The same in OpenAPI 3.1:{" "}
          <a className="text-accent-text underline underline-offset-2" href="/api/openapi.json">
            openapi.json
          </a>
          .
        </p>
        {groups.map((group) => (
          <section key={group.name} aria-labelledby={anchor(group.name)} className="mt-8">
            <h2 id={anchor(group.name)} className="scroll-mt-4 pb-2">
              {group.name}
            </h2>
            {group.entries.map((entry) => (
              <OperationEntry key={entry.operation.operationId} {...entry} />
            ))}
          </section>
        ))}
        <section aria-labelledby="schemas" className="mt-8">
          <h2 id="schemas" className="pb-2">
            Schemas
          </h2>
          {Object.entries(document.components.schemas).map(([name, schema]) => (
            <article key={name} id={`schema-${name}`} className="scroll-mt-4 border-t border-line py-4">
              <h3 className="mono mb-1">{name}</h3>
              <SchemaTable schema={schema} />
            </article>
          ))}
        </section>
      </main>
    </div>
  );
}

function anchor(name: string): string {
  return `tag-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`;
}
