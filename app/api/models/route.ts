import { listModelsContract } from "#lib/api/contracts/core.ts";
import { route } from "#lib/api/route.ts";
import { listModels } from "#lib/server/list-models.ts";

export const GET = route(listModelsContract, ({ scope }) => listModels(scope));
