import { getOpenApiContract } from "#lib/api/contracts/core.ts";
import { openApiDocument } from "#lib/api/openapi/openapi-document.ts";
import { publicRoute } from "#lib/api/route.ts";

export const GET = publicRoute(getOpenApiContract, async () => openApiDocument());
