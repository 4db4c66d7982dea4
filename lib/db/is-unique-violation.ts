/**
 * True when `error`, from Prisma or from the pool, says that a row with these unique values is there already.
 * `constraint` narrows it to one index by its name in the database, such as `User_email_key`.
 */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  if (error.code === "23505") {
    return constraint === undefined || ("constraint" in error && error.constraint === constraint);
  }
  return error.code === "P2002" && (constraint === undefined || JSON.stringify(error).includes(constraint));
}
