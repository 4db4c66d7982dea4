import type { Finding } from "./finding.ts";
import { isTest } from "./is-test.ts";
import { roomOf } from "./room-of.ts";
import { ROOT_FILES } from "./rooms.ts";
import type { ImportReference, SourceFile } from "./source-file.ts";

/** Finds imports that go against the arrows between the rooms, and files that are in no room. */
export function arrows(files: readonly SourceFile[]): Finding[] {
  return files.filter((file) => !isTest(file.path) && !ROOT_FILES.includes(file.path)).flatMap(check);
}

function check(file: SourceFile): Finding[] {
  const room = roomOf(file.path);
  if (room === null) return [{ file: file.path, message: "is in no room of scripts/check/rooms.ts" }];
  if (room.imports === "any") return [];
  const allowed = room.imports;
  return file.imports.flatMap((reference) => {
    const reason = forbidden(reference, room.path, allowed, room.packages);
    return reason === null ? [] : [{ file: file.path, line: reference.line, message: reason }];
  });
}

function forbidden(
  { specifier, target }: ImportReference,
  room: string,
  allowed: readonly string[],
  packages: readonly string[] | undefined,
): string | null {
  if (target === null) {
    if (packages === undefined || packages.includes(specifier)) return null;
    return `${room} may import no package but ${packages.join(", ")}, not ${specifier}`;
  }
  // The product's own name and version.
  if (target === "package.json") return null;
  const targetRoom = target.startsWith("prisma/generated/") ? "prisma/generated/" : roomOf(target)?.path;
  if (targetRoom === room || (targetRoom !== undefined && allowed.includes(targetRoom))) return null;
  return `${room} may not import ${target}; it may import ${allowed.join(", ") || "nothing of the project"}`;
}
