import type { Metadata } from "next";
import { ApiReference } from "#components/api-docs/api-reference.tsx";
import { openApiDocument } from "#lib/api/openapi/openapi-document.ts";

export const metadata: Metadata = { title: "API reference" };

/** The API's reference, made from the same contracts as the API itself. Open to everybody, as openapi.json is. */
export default function DocsPage() {
  return <ApiReference document={openApiDocument()} />;
}
