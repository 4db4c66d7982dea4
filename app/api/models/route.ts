import { listModelsContract } from "#lib/api/contracts/core.ts";
import { route } from "#lib/api/route.ts";
import { listUsedModels } from "#lib/server/list-used-models.ts";

export const GET = route(listModelsContract, ({ scope }) => listUsedModels(scope));
