import { getHomeContract } from "#lib/api/contracts/core.ts";
import { publicRoute } from "#lib/api/route.ts";
import { getHome } from "#lib/server/get-home.ts";

export const GET = publicRoute(getHomeContract, async () => getHome());
