import { z } from "zod";
import type { Role } from "./principal.ts";

/** Accepts a role's name. */
export const roleSchema: z.ZodType<Role> = z.enum(["owner", "admin", "member"]);
