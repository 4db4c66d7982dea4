import { getInfoContract } from "#lib/api/contracts/core.ts";
import { publicRoute } from "#lib/api/route.ts";
import { getInfo } from "#lib/server/get-info.ts";

export const GET = publicRoute(getInfoContract, async () => getInfo());
