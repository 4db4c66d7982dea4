import { getHealthContract } from "#lib/api/contracts/core.ts";
import { publicRoute } from "#lib/api/route.ts";
import { getHealth } from "#lib/server/get-health.ts";

export const GET = publicRoute(getHealthContract, async () => getHealth());
