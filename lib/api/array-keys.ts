import { z } from "zod";

/** The keys of an object schema whose values are lists: a form or query may repeat those. */
export function arrayKeys(schema: z.ZodType): Set<string> {
  if (!(schema instanceof z.ZodObject)) return new Set();
  const shape = Object.entries(schema.shape as Record<string, z.ZodType>);
  return new Set(shape.filter(([, field]) => isArray(field)).map(([key]) => key));
}

function isArray(schema: unknown): boolean {
  if (schema instanceof z.ZodArray) return true;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return isArray(schema.unwrap());
  }
  return schema instanceof z.ZodPipe && (isArray(schema.in) || isArray(schema.out));
}
