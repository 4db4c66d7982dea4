import type { Contract } from "./contract.ts";
import { CONTRACTS } from "./contracts.ts";
import { matchPath } from "./match-path.ts";

/**
 * Finds the route that answers a method and a path (without `/api` and without a query), with the path's parameters.
 * Of several the one with more literal segments counts, as in Next. Null when there is none.
 */
export function findContract(
  method: string,
  path: string,
): { contract: Contract; params: Record<string, string> } | null {
  let best: { contract: Contract; params: Record<string, string> } | null = null;
  for (const contract of CONTRACTS) {
    if (contract.method !== method) continue;
    const params = matchPath(contract.path, path);
    if (params === null || params === "malformed" || Object.values(params).includes("")) continue;
    // Paths of one length: fewer parameters are more literal segments.
    if (best === null || Object.keys(params).length < Object.keys(best.params).length)
      best = { contract, params };
  }
  return best;
}
