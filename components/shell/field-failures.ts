import { z } from "zod";
import { ApiError } from "#lib/client/api-error.ts";

const detailSchema = z.array(z.object({ loc: z.array(z.union([z.string(), z.number()])), msg: z.string() }));

/**
 * Which controls of a form the API refused, and why: the list of a 422, its paths without the given prefixes.
 * Empty when the error is of another kind.
 */
export function fieldFailures(
  error: unknown,
  prefixes: readonly string[],
): { path: string; message: string }[] {
  if (!(error instanceof ApiError) || error.status !== 422) return [];
  const parsed = detailSchema.safeParse(error.detail);
  if (!parsed.success) return [];
  return parsed.data.map(({ loc, msg }) => {
    const path = [...loc];
    while (path.length > 1 && prefixes.includes(String(path[0]))) path.shift();
    return { path: path.join("."), message: msg };
  });
}
