import { getConfigContract } from "#lib/api/contracts/core.ts";
import { route } from "#lib/api/route.ts";
import { getConfig } from "#lib/server/get-config.ts";

export const GET = route(getConfigContract, ({ scope }) => getConfig(scope));
