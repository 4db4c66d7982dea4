import { listTeamsContract } from "#lib/api/contracts/team.ts";
import { route } from "#lib/api/route.ts";

export const GET = route(listTeamsContract, () => Promise.resolve([]));
